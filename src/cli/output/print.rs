//! The only code that prints: results on standard output, everything else on standard error.

use std::ffi::OsString;
use std::io::{self, IsTerminal, Write};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use anstream::{AutoStream, ColorChoice};
use clap::ValueEnum;
use clap::error::ErrorKind;

use crate::base::codes;
use crate::base::report::groups::Group;
use crate::base::report::print::{self, Format};
use crate::base::report::{Diagnostic, Severity};
use crate::cli::args::{Color, Globals, MessageFormat};
use crate::cli::outcome::Exit;

/// Delay before progress is shown. Shorter work is done before anyone could read about it.
const PATIENCE: Duration = Duration::from_millis(500);

/// Prints a result.
pub(in super::super) fn result(text: &str) -> io::Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(text.as_bytes())?;
    out.flush()
}

/// Prints everything except results, according to the options.
pub(in super::super) struct Printer {
    format: MessageFormat,
    color: Color,
    quiet: bool,
    verbose: bool,
}

impl Printer {
    pub(in super::super) fn new(globals: &Globals) -> Self {
        let Globals { message_format, color, quiet, verbose, root: _, config: _, language: _ } = globals;
        Self { format: *message_format, color: *color, quiet: *quiet, verbose: *verbose }
    }

    /// A printer for errors of the command line itself.
    pub(in super::super) fn guess(arguments: &[OsString]) -> Self {
        // Clap stops at the first unknown argument, so the two relevant options are looked up by hand.
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

    /// Prints one problem; with `--quiet`, no notes.
    pub(in super::super) fn problem(&self, problem: &Diagnostic) {
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

    /// Formats a group of equal problems.
    pub(super) fn drawn(group: &Group<'_>) -> String {
        print::group(group, true, width())
    }

    /// Whether the output is for people.
    pub(super) fn is_human(&self) -> bool {
        self.format == MessageFormat::Human
    }

    /// Whether notes are suppressed.
    pub(super) fn is_quiet(&self) -> bool {
        self.quiet
    }

    /// Whether every problem is printed separately.
    pub(super) fn shows_all(&self) -> bool {
        self.verbose || !self.is_human()
    }

    /// Prints the summary, the last line of a command.
    pub(in super::super) fn closing(&self, text: &str) {
        match self.format {
            _ if self.quiet => {}
            MessageFormat::Json => self.problem(&Diagnostic::note(codes::SUMMARY, text)),
            MessageFormat::Human | MessageFormat::Github => self.error_line(&print::line(text)),
        }
    }

    /// Prints a line for people before a step that takes long.
    pub(in super::super) fn ahead(&self, text: &str) {
        if !self.quiet && self.format == MessageFormat::Human {
            self.error_line(&print::line(text));
        }
    }

    /// Whether `--verbose` is set.
    pub(in super::super) fn is_detailed(&self) -> bool {
        self.verbose && self.is_human()
    }

    /// Prints a line with `--verbose`.
    pub(in super::super) fn detail(&self, text: &str) {
        if self.is_detailed() {
            self.error_line(&print::line(text));
        }
    }

    /// Prints help, the version, or an error of the command line.
    pub(in super::super) fn unparsed(&self, error: &clap::Error) -> Exit {
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

    /// Shows progress until the value is dropped, if the work takes long.
    pub(in super::super) fn progress(&self, text: &'static str) -> Progress {
        let shown = !self.quiet && self.format == MessageFormat::Human && io::stderr().is_terminal();
        Progress(shown.then(|| Progress::start(text)))
    }

    /// Prints text that is already formatted for the terminal.
    pub(super) fn error_line(&self, text: &str) {
        // When standard error fails there is nobody left to tell.
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

/// Width of the terminal in columns.
fn width() -> usize {
    std::env::var("COLUMNS").ok().and_then(|text| text.parse().ok()).unwrap_or(140)
}

/// A progress line, removed when this is dropped. It has its own thread because the work must not know that it is being
/// watched.
pub(in super::super) struct Progress(Option<(Sender<()>, JoinHandle<()>)>);

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
