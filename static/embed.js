// Loads the frame of an embed on a click, and nothing of its provider before.
for (const figure of document.querySelectorAll(".embed[data-frame]")) {
  const { frame, title, show, lang, height } = figure.dataset;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "embed-show";
  button.lang = lang;
  button.textContent = show;
  const stage = document.createElement("div");
  stage.className = "embed-stage";
  const picture = figure.querySelector(".embed-text .image img, .embed-text img");
  if (picture) {
    const around = picture.closest(".image") ?? picture;
    around.before(stage);
    stage.append(picture);
    if (around !== picture && !around.querySelector("figcaption")) around.remove();
  } else {
    figure.prepend(stage);
  }
  stage.append(button);
  button.addEventListener("click", () => {
    const player = document.createElement("iframe");
    player.src = frame;
    player.title = title;
    player.allow = "fullscreen; picture-in-picture; encrypted-media";
    player.allowFullscreen = true;
    player.referrerPolicy = "strict-origin-when-cross-origin";
    player.setAttribute("sandbox", "allow-scripts allow-same-origin allow-popups allow-popups-to-escape-sandbox allow-forms allow-presentation");
    if (height) player.height = height;
    stage.classList.add("embed-loaded");
    stage.replaceChildren(player);
    player.focus();
  });
}
