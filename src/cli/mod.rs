//! The command line: arguments → a request → printed results.
//!
//! In: the command line, the environment, the clock and the current folder, which are read nowhere else. Out: results
//! on standard output, everything else on standard error, and an exit code (`outcome::Exit`). Deliberately not here:
//! logic. Each command has one file in `commands`: parse, call the library, print the result.

mod args;
mod commands;
mod guard;
mod outcome;
mod output;
mod stop;
mod world;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::{CommandFactory, Parser};

use args::Globals;
use commands::Command;
use outcome::{Exit, Stop};
use output::print::Printer;

const MORE: &str = "\
Exit codes:
  0  all is well
  1  there are problems in the site, or a --deny option tripped
  2  the command line or the configuration is wrong
  3  reading or writing failed, or Dateline has a bug

Environment:
  NO_COLOR           when set, no colors
  SOURCE_DATE_EPOCH  seconds since 1970, in place of the clock

Results go to the standard output, everything else to the standard error.";

/// Turns a folder of Markdown stories into a news briefing: a static site for any host
#[derive(Parser)]
#[command(name = "dateline", version, after_help = MORE, max_term_width = 100)]
struct Cli {
    #[command(flatten)]
    globals: Globals,
    #[command(subcommand)]
    command: Command,
}

/// Runs the command that the process was started with.
pub fn run() -> ExitCode {
    stop::outlive_file_limit();
    let arguments: Vec<OsString> = std::env::args_os().collect();
    let printer = Printer::guess(&arguments);
    let exit = match guard::guarded(|| start(&arguments, &printer)) {
        Ok(exit) => exit,
        Err(panic) => {
            printer.problem(&guard::bug(&panic));
            Exit::Fault
        }
    };
    exit.into()
}

fn start(arguments: &[OsString], guess: &Printer) -> Exit {
    let cli = match Cli::try_parse_from(arguments) {
        Ok(cli) => cli,
        Err(error) => return guess.unparsed(&error),
    };
    let printer = Printer::new(&cli.globals);
    match commands::run(cli.command, &cli.globals, &printer, Cli::command) {
        Ok(exit) => exit,
        // The reader of a pipe has closed it, which is no error.
        Err(Stop::Unheard) => Exit::Success,
        Err(Stop::Problem(problem)) => {
            printer.problem(&problem);
            outcome::of_problem(&problem)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_consistent() {
        Cli::command().debug_assert();
    }
}
