#!/bin/sh
# formula.sh REPOSITORY FOLDER: prints the Homebrew formula of a release, by the checksums of its archives in FOLDER. REPOSITORY is
# OWNER/NAME on GitHub.
set -eu
repository=$1 folder=$2
version=$("$(dirname "$0")/version.sh")

sum() {
    cut -d ' ' -f 1 "$folder/dateline-$version-$1.tar.gz.sha256"
}

release() {
    echo "      url \"https://github.com/$repository/releases/download/v$version/dateline-$version-$1.tar.gz\""
    echo "      sha256 \"$(sum "$1")\""
}

cat <<END
class Dateline < Formula
  desc "Static site generator for news briefings"
  homepage "https://github.com/$repository"
  version "$version"
  license any_of: ["MIT", "Apache-2.0"]

  on_macos do
    on_arm do
$(release aarch64-apple-darwin)
    end
    on_intel do
$(release x86_64-apple-darwin)
    end
  end

  on_linux do
    on_arm do
$(release aarch64-unknown-linux-musl)
    end
    on_intel do
$(release x86_64-unknown-linux-musl)
    end
  end

  def install
    bin.install "dateline"
    man1.install Dir["man/*.1"]
    bash_completion.install "completions/dateline.bash" => "dateline"
    zsh_completion.install "completions/dateline.zsh" => "_dateline"
    fish_completion.install "completions/dateline.fish"
  end

  test do
    system bin/"dateline", "init", "site"
    system bin/"dateline", "build", "--root", "site"
    assert_path_exists testpath/"site/public/index.html"
  end
end
END
