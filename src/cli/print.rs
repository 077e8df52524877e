//! The only place that prints: results on the standard output, everything else on the standard error.

use std::ffi::OsString;
use std::io::{self, IsTerminal, Write};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use anstream::{AutoStream, ColorChoice};
use clap::ValueEnum;
use clap::error::ErrorKind;

use super::args::{Color, Globals, MessageFormat};
use super::outcome::Exit;
use crate::base::codes;
use crate::base::report::groups::Group;
use crate::base::report::print::{self, Format};
use crate::base::report::{Diagnostic, Report, Severity};
use crate::base::text::plural;

/// Shorter work is done before a line about it could be read.
const PATIENCE: Duration = Duration::from_millis(500);

/// A result.
pub(super) fn result(text: &str) -> io::Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(text.as_bytes())?;
    out.flush()
}

/// Prints all that is no result, as the options ask.
pub(super) struct Printer {
    format: MessageFormat,
    color: Color,
    quiet: bool,
    verbose: bool,
}

impl Printer {
    pub(super) fn new(globals: &Globals) -> Self {
        let Globals { message_format, color, quiet, verbose, root: _, config: _ } = globals;
        Self { format: *message_format, color: *color, quiet: *quiet, verbose: *verbose }
    }

    /// A printer for what happens before the options are understood.
    pub(super) fn guess(arguments: &[OsString]) -> Self {
        // Clap gives up at the first word that it does not know, so the two that matter are looked for by hand.
        let pairs = arguments.iter().zip(arguments.iter().skip(1));
        let pairs = pairs.filter_map(|(name, value)| Some((name.to_str()?, value.to_str()?)));
        let joined = arguments.iter().filter_map(|argument| argument.to_str()?.split_once('='));
        let mut globals = Globals::default();
        for (name, value) in pairs.chain(joined) {
            match name {
                "--message-format" => {
                    globals.message_format = MessageFormat::from_str(value, false).unwrap_or_default();
                }
                "--color" => globals.color = Color::from_str(value, false).unwrap_or_default(),
                _ => {}
            }
        }
        Self::new(&globals)
    }

    /// One problem; with `--quiet` no note.
    pub(super) fn problem(&self, problem: &Diagnostic) {
        if self.quiet && problem.severity == Severity::Note {
            return;
        }
        let format = match self.format {
            MessageFormat::Human => Format::Human { styled: true, width: width() },
            MessageFormat::Json => Format::Json,
            MessageFormat::Github => Format::Github,
        };
        self.error_line(&print::text(problem, format));
    }

    /// Equal problems, drawn as one.
    pub(super) fn drawn(group: &Group<'_>) -> String {
        print::group(group, true, width())
    }

    /// Whether people read it.
    pub(super) fn is_human(&self) -> bool {
        self.format == MessageFormat::Human
    }

    /// Whether notes are left out.
    pub(super) fn is_quiet(&self) -> bool {
        self.quiet
    }

    /// Whether every problem is shown by itself.
    pub(super) fn shows_all(&self) -> bool {
        self.verbose || !self.is_human()
    }

    /// The last line of a command: what it did.
    pub(super) fn closing(&self, text: &str) {
        match self.format {
            _ if self.quiet => {}
            MessageFormat::Json => self.problem(&Diagnostic::note(codes::SUMMARY, text)),
            MessageFormat::Human | MessageFormat::Github => self.error_line(&print::line(text)),
        }
    }

    /// A line for people, before something is done that takes long.
    pub(super) fn ahead(&self, text: &str) {
        if !self.quiet && self.format == MessageFormat::Human {
            self.error_line(&print::line(text));
        }
    }

    /// Whether people want to know more.
    pub(super) fn is_detailed(&self) -> bool {
        self.verbose && self.is_human()
    }

    /// A line for people who want to know more.
    pub(super) fn detail(&self, text: &str) {
        if self.is_detailed() {
            self.error_line(&print::line(text));
        }
    }

    /// Help, the version, or what is wrong with the command line.
    pub(super) fn unparsed(&self, error: &clap::Error) -> Exit {
        if !error.use_stderr() {
            let printed =
                write!(AutoStream::new(io::stdout().lock(), self.choice(&io::stdout())), "{}", error.render().ansi());
            return match printed {
                Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Exit::Fault,
                _ => Exit::Success,
            };
        }
        let help = error.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand;
        if self.format == MessageFormat::Human {
            self.error_line(error.render().ansi().to_string().trim_end());
        } else {
            let text = error.render().to_string();
            let message = if help {
                "a command is missing"
            } else {
                text.trim_start_matches("error: ").lines().next().unwrap_or("")
            };
            self.problem(
                &Diagnostic::error(codes::USAGE, message).help("`dateline --help` lists commands and options"),
            );
        }
        Exit::Usage
    }

    /// Shows that something is being done, from when it begins to take long until the value is dropped.
    pub(super) fn progress(&self, text: &'static str) -> Progress {
        let shown = !self.quiet && self.format == MessageFormat::Human && io::stderr().is_terminal();
        Progress(shown.then(|| Progress::start(text)))
    }

    /// Text that is ready for a terminal, as it stands.
    pub(super) fn error_line(&self, text: &str) {
        // There is nobody left to tell when this fails.
        let _ = writeln!(AutoStream::new(io::stderr().lock(), self.choice(&io::stderr())), "{text}");
    }

    fn choice<S: anstream::stream::RawStream>(&self, stream: &S) -> ColorChoice {
        match self.color {
            Color::Auto => AutoStream::choice(stream),
            Color::Always => ColorChoice::Always,
            Color::Never => ColorChoice::Never,
        }
    }
}

/// How many characters a line of the terminal holds.
fn width() -> usize {
    std::env::var("COLUMNS").ok().and_then(|text| text.parse().ok()).unwrap_or(140)
}

/// `2 errors, 3 warnings`, or nothing.
pub(super) fn counts(report: &Report) -> Option<String> {
    let kinds = [(Severity::Error, "error", "errors"), (Severity::Warning, "warning", "warnings")];
    let counts = kinds.map(|(severity, one, many)| (report.count(severity), one, many));
    let texts: Vec<String> = counts
        .into_iter()
        .filter(|(count, ..)| *count > 0)
        .map(|(count, one, many)| plural(count, one, many))
        .collect();
    (!texts.is_empty()).then(|| texts.join(", "))
}

/// A line on the terminal that goes when this is dropped. The only thread of the command line, because the work itself
/// must not know that it is being watched.
pub(super) struct Progress(Option<(Sender<()>, JoinHandle<()>)>);

impl Progress {
    fn start(text: &'static str) -> (Sender<()>, JoinHandle<()>) {
        let (done, wait) = mpsc::channel::<()>();
        let thread = thread::spawn(move || {
            if wait.recv_timeout(PATIENCE) == Err(RecvTimeoutError::Timeout) {
                let _ = write!(io::stderr(), "{text}");
                let _ = wait.recv();
                let _ = write!(io::stderr(), "\r{}\r", " ".repeat(text.chars().count()));
            }
        });
        (done, thread)
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some((done, thread)) = self.0.take() {
            drop(done);
            let _ = thread.join();
        }
    }
}
