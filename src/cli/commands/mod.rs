//! The commands, one file each: parse the arguments, call the library, print the result.
//!
//! In: parsed arguments. Out: an exit code. Deliberately not here: what a command does, which is the library, and how
//! results look, which is `output`.

#[cfg(feature = "deploy")]
mod announce;
mod build;
mod check;
mod clean;
#[cfg(feature = "deploy")]
mod deploy;
mod email;
#[cfg(feature = "import")]
mod import;
mod init;
mod list;
mod lock;
mod new;
mod program;
mod publish;
mod schedule;
mod serve;
mod topics;
mod watch;
mod why;

use self::program::{completions, manual, schema};
use super::args::Globals;
use super::outcome::Outcome;
use super::output::print::Printer;

/// The command and its arguments.
#[derive(clap::Subcommand)]
pub(super) enum Command {
    Init(init::InitArgs),
    New(new::NewArgs),
    #[cfg(feature = "import")]
    Import(import::ImportArgs),
    Build(build::BuildArgs),
    Watch(watch::WatchArgs),
    Serve(serve::ServeArgs),
    Check(check::CheckArgs),
    Publish(publish::PublishArgs),
    List(list::ListArgs),
    Schedule(schedule::ScheduleArgs),
    Topics(topics::TopicsArgs),
    Lock(lock::LockArgs),
    #[cfg(feature = "deploy")]
    Deploy(deploy::DeployArgs),
    #[cfg(feature = "deploy")]
    Announce(announce::AnnounceArgs),
    Why(why::WhyArgs),
    Email(email::EmailArgs),
    Clean(clean::CleanArgs),
    Schema(schema::SchemaArgs),
    Completions(completions::CompletionsArgs),
    Manual(manual::ManualArgs),
}

/// Runs a command. `definition` is that of the whole command line, for completions and manual pages.
pub(super) fn run(
    command: Command,
    globals: &Globals,
    printer: &Printer,
    definition: fn() -> clap::Command,
) -> Outcome {
    match command {
        Command::Init(args) => init::run(args, globals, printer),
        Command::New(args) => new::run(args, globals, printer),
        #[cfg(feature = "import")]
        Command::Import(args) => import::run(args, globals, printer),
        Command::Build(args) => build::run(args, globals, printer),
        Command::Watch(args) => watch::run(args, globals, printer),
        Command::Serve(args) => serve::run(args, globals, printer),
        Command::Check(args) => check::run(args, globals, printer),
        Command::Publish(args) => publish::run(args, globals, printer),
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
        Command::Completions(args) => completions::run(args, definition()),
        Command::Manual(args) => manual::run(args, definition()),
    }
}
