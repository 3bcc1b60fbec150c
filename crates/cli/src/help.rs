//! The help of every command, Vietnamese first: clap's own words are put in ours, for the program and all below it.
//! Start with [`in_vietnamese`].

use clap::error::{ContextKind, ErrorKind};
use clap::{Arg, ArgAction, Command, Error};

const TEMPLATE: &str = "{about-with-newline}\nCách dùng (usage): {usage}\n\n{all-args}";
const COMMANDS: &str = "Lệnh (commands)";
const GIVEN: &str = "Phải ghi (arguments)";
const OPTIONS: &str = "Tuỳ chọn (options)";

/// The command and those below it with their headings, help and version in both languages.
pub fn in_vietnamese(command: Command) -> Command {
    let has_version = command.get_version().is_some();
    let command = command
        .help_template(TEMPLATE)
        .subcommand_help_heading(COMMANDS)
        .disable_help_subcommand(true)
        .disable_help_flag(true)
        .disable_version_flag(true)
        .arg(
            Arg::new("help")
                .short('h')
                .long("help")
                .action(ArgAction::Help)
                .help("In hướng dẫn này (prints this help)"),
        )
        .mut_args(|arg| {
            let heading = if arg.is_positional() { GIVEN } else { OPTIONS };
            arg.help_heading(heading)
        })
        .mut_subcommands(in_vietnamese);
    if !has_version {
        return command;
    }
    let version = Arg::new("version").short('V').long("version").action(ArgAction::Version);
    command.arg(version.help("In phiên bản (prints the version)").help_heading(OPTIONS))
}

/// What is wrong with a command as it was typed, before clap says it in English.
pub fn typed_wrongly(usage: &Error) -> String {
    let told = |kind: ContextKind| usage.get(kind).map(ToString::to_string).unwrap_or_default();
    let argument = told(ContextKind::InvalidArg);
    let why = match usage.kind() {
        ErrorKind::InvalidSubcommand => format!("không có lệnh «{}»", told(ContextKind::InvalidSubcommand)),
        ErrorKind::UnknownArgument => format!("không có tuỳ chọn «{argument}» ở đây"),
        ErrorKind::MissingRequiredArgument => format!("còn thiếu {argument}"),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            format!("«{}» không dùng được cho {argument}", told(ContextKind::InvalidValue))
        }
        ErrorKind::ArgumentConflict => format!("{argument} không đi cùng {}", told(ContextKind::PriorArg)),
        ErrorKind::MissingSubcommand | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            "sau lệnh này cần ghi thêm một lệnh".to_owned()
        }
        _ => "xem dòng tiếng Anh bên dưới".to_owned(),
    };
    format!("Lệnh gõ chưa đúng: {why}. Xem cách dùng bằng `vuon --help`.")
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::*;

    /// A Vietnamese sentence first, then the English one in brackets.
    fn is_vietnamese_first(text: &str) -> bool {
        let is_marked = |text: &str| text.chars().any(|c| !c.is_ascii() && c.is_alphabetic());
        text.split_once('(').is_some_and(|(vi, rest)| is_marked(vi) && text.ends_with([')', '.']) && !rest.is_empty())
    }

    fn told(command: &Command, path: &str, faults: &mut Vec<String>) {
        let path = format!("{path} {}", command.get_name());
        let mut look = |at: String, text: Option<String>| match text {
            Some(text) if is_vietnamese_first(&text) => {}
            other => faults.push(format!("{at}: {other:?}")),
        };
        look(path.clone(), command.get_about().map(ToString::to_string));
        for arg in command.get_arguments() {
            look(format!("{path} {}", arg.get_id()), arg.get_help().map(ToString::to_string));
        }
        for below in command.get_subcommands() {
            told(below, &path, faults);
        }
    }

    #[test]
    fn every_command_and_option_is_explained_in_vietnamese_first() {
        let mut faults = Vec::new();
        told(&in_vietnamese(crate::Arguments::command()), "", &mut faults);
        assert!(faults.is_empty(), "{faults:#?}");
    }

    #[test]
    fn a_command_typed_wrongly_is_told_in_vietnamese_with_what_was_typed() {
        let table: [(&[&str], &str); 6] = [
            (&["vuon", "revew"], "không có lệnh «revew»"),
            (&["vuon", "serve", "--prot", "1"], "không có tuỳ chọn «--prot» ở đây"),
            (&["vuon", "classify", "--survey", "a"], "còn thiếu"),
            (&["vuon", "review", "run", "a", "--year", "hai", "--out", "b"], "«hai» không dùng được cho --year <YEAR>"),
            (&["vuon", "measure", "--snapshot", "a", "--survey", "b", "--pack", "c", "--out", "d"], "không đi cùng"),
            (&["vuon", "plan"], "cần ghi thêm một lệnh"),
        ];
        for (typed, says) in table {
            let usage = in_vietnamese(crate::Arguments::command()).try_get_matches_from(typed).unwrap_err();
            let told = typed_wrongly(&usage);
            assert!(told.contains(says), "{typed:?}: {told}");
        }
    }

    #[test]
    fn the_help_has_no_heading_of_claps_own() {
        let mut command = in_vietnamese(crate::Arguments::command());
        command.build();
        let mut all = vec![command.render_long_help().to_string()];
        all.extend(command.get_subcommands_mut().map(|below| below.render_long_help().to_string()));
        for text in all {
            for heading in ["Usage:", "Options:", "Commands:", "Arguments:"] {
                assert!(!text.contains(heading), "{text}");
            }
        }
    }
}
