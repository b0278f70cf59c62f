//! Plans as each system takes them, and what is asked of a system that the tests play.

use std::fmt::Write as _;
use std::path::Path;
use std::sync::Mutex;
use std::time::Duration;

use jiff::civil::time;
use quick_xml::events::Event;

use super::*;
use crate::error::Error;
use crate::host::{Disk, Host};
use crate::machine::{End, Finished, Programs};

fn plan(day: i8) -> Plan {
    Plan {
        name: "ntm-binh-luc-0123abcd".into(),
        monthly: Monthly::new(day, time(7, 0, 0, 0)).unwrap(),
        program: "/opt/ntm 1%/$ntm".into(),
        workspace: "/home/lan/100% \"Bình Lục\" & $x's".into(),
    }
}

fn now() -> DateTime {
    "2026-11-24T12:00:00".parse().unwrap()
}

fn due(day: i8, now: &str) -> (String, String) {
    let (monthly, now) = (plan(day).monthly, now.parse().unwrap());
    (monthly.last_due(now).unwrap().to_string(), monthly.next_due(now).unwrap().to_string())
}

#[test]
fn a_run_is_due_on_its_day_or_the_last_of_a_shorter_month() {
    let pair = |a: &str, b: &str| (format!("{a}T07:00:00"), format!("{b}T07:00:00"));
    assert_eq!(due(25, "2026-11-25T06:59:59"), pair("2026-10-25", "2026-11-25"));
    assert_eq!(due(25, "2026-11-25T07:00:00"), pair("2026-11-25", "2026-12-25"));
    assert_eq!(due(31, "2026-12-01T00:00:00"), pair("2026-11-30", "2026-12-31"));
    assert_eq!(due(30, "2027-02-28T08:00:00"), pair("2027-02-28", "2027-03-30"));
    assert_eq!(due(29, "2028-03-01T00:00:00"), pair("2028-02-29", "2028-03-29"));
    assert_eq!(Monthly::new(32, time(7, 0, 0, 0)), None);
}

#[test]
fn a_run_that_was_missed_is_due_until_it_has_taken_place() {
    let monthly = plan(31).monthly;
    let is_due = |last: &str, now: &str| monthly.is_due(last.parse().unwrap(), now.parse().unwrap());
    assert!(is_due("2026-10-31T07:00:00", "2026-12-03T09:00:00"), "switched off at the end of November");
    assert!(!is_due("2026-12-03T09:00:00", "2026-12-03T10:00:00"));
    assert!(is_due("2026-12-03T09:00:00", "2026-12-31T07:00:00"));
}

#[test]
fn each_system_has_the_plan_in_its_own_words() {
    let mut all = String::new();
    for keeper in [Keeper::Systemd, Keeper::Cron, Keeper::Windows] {
        let _ = writeln!(all, "{}", keeper.text(&plan(25), &Some("PHONG\\lan & hoa".into()), now()));
    }
    insta::assert_snapshot!(all);
}

#[test]
fn days_that_not_every_month_has_are_told_to_each_system() {
    let lines = |keeper: Keeper, day, words: &str| -> Vec<String> {
        let text = keeper.text(&plan(day), &None, now());
        text.lines().filter(|line| line.contains(words)).map(|line| line.trim().to_owned()).collect()
    };
    assert_eq!(lines(Keeper::Systemd, 31, "OnCalendar"), ["OnCalendar=*-*~01 07:00:00"]);
    assert_eq!(
        lines(Keeper::Systemd, 29, "OnCalendar"),
        ["OnCalendar=*-01,03,04,05,06,07,08,09,10,11,12-29 07:00:00", "OnCalendar=*-02~01 07:00:00"]
    );
    assert_eq!(lines(Keeper::Windows, 31, "<Day>"), ["<DaysOfMonth><Day>Last</Day></DaysOfMonth>"]);
    let [first, second] = lines(Keeper::Windows, 30, "<Months>").try_into().unwrap();
    assert!(!first.contains("February") && first.matches(" />").count() == 11, "{first}");
    assert_eq!(second, "<Months><February /></Months>");
    assert!(lines(Keeper::Cron, 31, "--if-due")[0].contains("--if-due 31@07:00"));
}

#[test]
fn the_task_of_windows_is_well_formed_and_says_what_it_was_told() {
    let text = Keeper::Windows.text(&plan(30), &Some("PHONG\\lan & hoa".into()), now());
    let mut reader = quick_xml::Reader::from_str(&text);
    let (mut depth, mut words) = (0, String::new());
    loop {
        match reader.read_event().unwrap() {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth -= 1,
            Event::Text(text) => words += &text,
            Event::GeneralRef(name) => words.push(match &*name {
                "amp" => '&',
                "quot" => '"',
                other => panic!("{other}"),
            }),
            Event::Eof => break,
            _ => {}
        }
    }
    assert_eq!(depth, 0);
    assert!(words.contains("PHONG\\lan & hoa"), "{words}");
    assert!(words.contains("run --quiet \"/home/lan/100% \"Bình Lục\" & $x's\""), "{words}");
    let bytes = file("<a>\n</a>");
    assert_eq!(&bytes[..8], [0xFF, 0xFE, b'<', 0, b'a', 0, b'>', 0]);
    assert_eq!(&bytes[8..12], [b'\r', 0, b'\n', 0]);
}

#[test]
fn a_workspace_that_is_a_whole_drive_does_not_escape_its_quote() {
    let text = Keeper::Windows.text(&Plan { workspace: "D:\\".into(), ..plan(25) }, &None, now());
    assert!(text.contains("<Arguments>run --quiet &quot;D:\\\\&quot;</Arguments>"), "{text}");
}

/// A system's programs as the test plays them: a crontab, and a record of what was asked.
#[derive(Default)]
struct Played {
    crontab: Mutex<Option<String>>,
    asked: Mutex<Vec<String>>,
    refuses: Option<&'static str>,
    /// The definition of a task, as Windows gives it back.
    task: String,
}

impl Programs for Played {
    fn run(&self, command: &[String], _: &Path, input: &[u8], _: Duration) -> Result<Finished, Error> {
        let command = command.join(" ");
        let (mut code, mut output, mut complaint) = (0, String::new(), String::new());
        let mut crontab = self.crontab.lock().unwrap();
        match command.as_str() {
            "crontab -l" => match crontab.as_ref() {
                Some(lines) => output.clone_from(lines),
                None => (code, complaint) = (1, "no crontab for lan\n".into()),
            },
            query if query.starts_with("schtasks.exe /Query") => output.clone_from(&self.task),
            "crontab -" => *crontab = Some(String::from_utf8(input.to_vec()).unwrap()),
            _ => {}
        }
        if self.refuses.is_some_and(|refused| command.starts_with(refused)) {
            (code, output, complaint) = (1, String::new(), "access denied\n".into());
        }
        self.asked.lock().unwrap().push(command);
        Ok(Finished { end: End::Exit(Some(code)), output, complaint, is_whole: true })
    }
}

fn system<'a>(programs: &'a Played, config: &'a Path) -> System<'a> {
    System { host: &Disk, programs, config: Some(config), account: &None }
}

#[test]
fn cron_keeps_a_plan_once_and_all_other_lines_as_they_are() {
    let others = "MAILTO=lan\n# của tôi\n5 4 * * * /bin/true";
    let played = Played { crontab: Mutex::new(Some(others.into())), ..Played::default() };
    let system = system(&played, Path::new("/"));
    for day in [20, 25] {
        install(system, Keeper::Cron, &plan(day), now()).unwrap();
    }
    let crontab = played.crontab.lock().unwrap().clone().unwrap();
    assert!(crontab.starts_with(&format!("{others}\n")), "{crontab}");
    assert_eq!(crontab.matches("--if-due").count(), 1, "{crontab}");
    assert!(crontab.contains("--if-due 25@07:00 '/home/lan/100\\% \"Bình Lục\" & $x'\\''s'"), "{crontab}");
    assert_eq!(kept(system, Keeper::Cron, &plan(25)).unwrap(), Kept::Yes);
    assert_eq!(kept(system, Keeper::Cron, &plan(20)).unwrap(), Kept::Otherwise);
    remove(system, Keeper::Cron, &plan(25)).unwrap();
    assert_eq!(kept(system, Keeper::Cron, &plan(25)).unwrap(), Kept::No);
    assert_eq!(played.crontab.lock().unwrap().as_deref(), Some(&*format!("{others}\n")));
}

#[test]
fn a_user_without_a_crontab_gets_one_and_one_that_cannot_be_read_is_not_written_over() {
    let played = Played::default();
    install(system(&played, Path::new("/")), Keeper::Cron, &plan(25), now()).unwrap();
    assert_eq!(played.crontab.lock().unwrap().as_ref().map(|crontab| crontab.lines().count()), Some(2));
    let played = Played { refuses: Some("crontab -l"), ..Played::default() };
    let error = install(system(&played, Path::new("/")), Keeper::Cron, &plan(25), now()).unwrap_err();
    assert_eq!(error.exit_code(), 3);
    assert!(error.text().vi.contains("access denied"), "{error}");
    assert_eq!(*played.asked.lock().unwrap(), ["crontab -l"]);
}

#[test]
fn systemd_keeps_a_plan_in_the_user_s_own_folder() {
    let (played, config) = (Played::default(), tempfile::tempdir().unwrap());
    let system = system(&played, config.path());
    install(system, Keeper::Systemd, &plan(25), now()).unwrap();
    let folder = config.path().join("systemd/user");
    assert_eq!(Disk.files(&folder).unwrap().len(), 2);
    assert_eq!(kept(system, Keeper::Systemd, &plan(25)).unwrap(), Kept::Yes);
    assert_eq!(kept(system, Keeper::Systemd, &plan(31)).unwrap(), Kept::Otherwise);
    remove(system, Keeper::Systemd, &plan(25)).unwrap();
    remove(system, Keeper::Systemd, &plan(25)).unwrap();
    assert_eq!(Disk.files(&folder).unwrap().len(), 0);
    let asked = played.asked.lock().unwrap();
    let timer = "ntm-binh-luc-0123abcd.timer";
    let expected = [
        "daemon-reload".to_owned(),
        format!("enable --now {timer}"),
        format!("disable --now {timer}"),
        "daemon-reload".into(),
    ];
    assert_eq!(*asked, expected.map(|words| format!("systemctl --user {words}")));
}

#[test]
fn windows_is_given_the_task_and_its_file_does_not_stay() {
    let folder = tempfile::tempdir().unwrap();
    let plan = Plan { workspace: folder.path().to_owned(), ..plan(25) };
    for refuses in [None, Some("schtasks.exe /Create")] {
        let played = Played { refuses, ..Played::default() };
        let done = install(system(&played, folder.path()), Keeper::Windows, &plan, now());
        assert_eq!(done.is_err(), refuses.is_some());
        let asked = played.asked.lock().unwrap();
        assert!(asked[0].starts_with("schtasks.exe /Create /F /TN ntm-binh-luc-0123abcd /XML "), "{asked:?}");
        assert!(!folder.path().join(".ntm-lich.xml").exists());
    }
    let asked_for = |day| {
        let given_back = Keeper::Windows.text(&self::plan(day), &None, now()).replace('\n', "\r\n");
        let played = Played { task: given_back, ..Played::default() };
        kept(system(&played, folder.path()), Keeper::Windows, &plan).unwrap()
    };
    assert_eq!(
        (asked_for(25), asked_for(2), asked_for(29), asked_for(31)),
        (Kept::Yes, Kept::Otherwise, Kept::Otherwise, Kept::Otherwise)
    );
    let played = Played { refuses: Some("schtasks.exe /Query"), ..Played::default() };
    assert_eq!(kept(system(&played, folder.path()), Keeper::Windows, &plan).unwrap(), Kept::No);
}

#[test]
fn a_machine_is_asked_what_it_has() {
    let found = |refuses| {
        let played = Played { refuses, ..Played::default() };
        find(system(&played, Path::new("/")))
    };
    if cfg!(not(windows)) {
        assert_eq!(found(None).unwrap(), Keeper::Systemd);
        assert_eq!(found(Some("systemctl")).unwrap(), Keeper::Cron);
    }
    let played = Played { refuses: Some("crontab"), ..Played::default() };
    let system = System { config: None, ..system(&played, Path::new("/")) };
    assert_eq!(cfg!(windows), find(system).is_ok());
}
