//! The command line: arguments → a request → printed results.
//!
//! In: the command line, the environment, the clock and the current folder, which are read nowhere else. Out: results
//! on standard output, everything else on standard error, and an exit code (`outcome::Exit`). Deliberately not here:
//! logic. Each command has one file in `commands`: parse, call the library, print the result.

#[cfg(feature = "deploy")]
mod announce;
mod args;
mod build;
mod check;
mod clean;
mod completions;
#[cfg(feature = "deploy")]
mod deploy;
mod email;
mod guard;
#[cfg(feature = "import")]
mod import;
mod init;
mod list;
mod lock;
mod new;
mod outcome;
mod print;
mod problems;
mod rows;
mod schedule;
mod schema;
mod serve;
mod stop;
mod suggest;
mod summary;
mod table;
mod topics;
mod watch;
mod why;
mod world;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::{CommandFactory, Parser};

use args::Globals;
use outcome::{Exit, Outcome, Stop};
use print::Printer;

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

#[derive(clap::Subcommand)]
enum Command {
    Init(init::Args),
    New(new::Args),
    #[cfg(feature = "import")]
    Import(import::Args),
    Build(build::Args),
    Watch(watch::Args),
    Serve(serve::Args),
    Check(check::Args),
    List(list::Args),
    Schedule(schedule::Args),
    Topics(topics::Args),
    Lock(lock::Args),
    #[cfg(feature = "deploy")]
    Deploy(deploy::Args),
    #[cfg(feature = "deploy")]
    Announce(announce::Args),
    Why(why::Args),
    Email(email::Args),
    Clean(clean::Args),
    Schema(schema::Args),
    Completions(completions::Args),
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
    match command(cli.command, &cli.globals, &printer) {
        Ok(exit) => exit,
        // The reader of a pipe has closed it, which is no error.
        Err(Stop::Unheard) => Exit::Success,
        Err(Stop::Problem(problem)) => {
            printer.problem(&problem);
            outcome::of_problem(&problem)
        }
    }
}

fn command(command: Command, globals: &Globals, printer: &Printer) -> Outcome {
    match command {
        Command::Init(args) => init::run(args, globals, printer),
        Command::New(args) => new::run(args, globals, printer),
        #[cfg(feature = "import")]
        Command::Import(args) => import::run(args, globals, printer),
        Command::Build(args) => build::run(args, globals, printer),
        Command::Watch(args) => watch::run(args, globals, printer),
        Command::Serve(args) => serve::run(args, globals, printer),
        Command::Check(args) => check::run(args, globals, printer),
        Command::List(args) => list::run(args, globals, printer),
        Command::Schedule(args) => schedule::run(args, globals, printer),
        Command::Topics(args) => topics::run(args, globals, printer),
        #[cfg(feature = "deploy")]
        Command::Deploy(args) => deploy::run(args, globals, printer),
        #[cfg(feature = "deploy")]
        Command::Announce(args) => announce::run(args, globals, printer),
        Command::Lock(args) => lock::run(args, globals, printer),
        Command::Why(args) => why::run(args, globals, printer),
        Command::Email(args) => email::run(args, globals, printer),
        Command::Clean(args) => clean::run(args, globals, printer),
        Command::Schema(args) => schema::run(args),
        Command::Completions(args) => completions::run(args, Cli::command()),
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
