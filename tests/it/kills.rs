//! The real binary killed at random moments, all through a month's story: after the next good run nothing is lost,
//! nothing doubled, nothing half written left, and every byte is as it would be without.
//!
//! The default run kills some fifty times; `NTM_KILLS=1000 cargo test --test it kills` as often as it says.
#![cfg(target_os = "linux")]

use std::env;
use std::fs;
use std::os::unix::process::CommandExt;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::time::{Duration, Instant};

use super::support::office::Office;
use super::support::sent::chance::Chance;
use super::support::story::{STORY, Step, all, differing};

/// Kills between two good runs.
const IN_A_ROW: usize = 5;

/// Who is killed.
#[derive(Debug, Clone, Copy)]
enum Killed {
    /// Keeper and worker together: the machine is switched off.
    Both,
    /// The process that was called: the worker is to end with it.
    Keeper,
    /// The process that works: the keeper is to start another.
    Worker,
}

#[test]
fn kills_at_random_moments_cost_nothing_but_another_run() {
    let kills = env::var("NTM_KILLS").map_or(50, |kills| kills.parse::<usize>().expect("a number of kills"));
    let mut chance = Chance::of(kills as u64);
    let mut wrong = Vec::new();
    let (mut done, mut early) = (0, 0);
    while done < kills {
        let step = &STORY[(done / IN_A_ROW) % STORY.len()];
        let office = step.office();
        // How long it takes here and now.
        let start = Instant::now();
        complete(step, &step.office());
        let whole = start.elapsed();
        let mut story = Vec::new();
        for _ in 0..IN_A_ROW {
            let after = whole.mul_f64(chance.below(1_000) as f64 / 1_000.0);
            let who = chance.pick(&[Killed::Both, Killed::Both, Killed::Keeper, Killed::Worker]);
            early += usize::from(kill(step, &office, who, after));
            story.push(format!("{who:?} after {after:?}"));
            done += 1;
        }
        complete(step, &office);
        let differing = differing(&all(&office), &step.after);
        if !differing.is_empty() {
            wrong.push(format!("{}, {story:?} of {whole:?}: {differing:?}", step.name));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    // A run that comes after one that was done has nothing to do and ends early by itself.
    assert!(early * 4 > done, "many are killed before they are done: {early} of {done}");
}

/// The command of a step on a workspace as it lies now.
fn command(step: &Step, office: &Office, words: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_ntm"));
    command.args(words).current_dir(office.path()).env_clear().env("NTM_NOW", step.now);
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    // A group of its own, so that keeper and worker are killed with one blow.
    command.process_group(0);
    command
}

/// What an officer does to the end: answers where an answer is due, then runs.
fn complete(step: &Step, office: &Office) {
    let mut commands = vec![vec!["run".to_owned()]];
    if let Some((number, words)) = step.answer_in(office) {
        commands.insert(0, vec!["answer".to_owned(), number.to_string(), words.to_owned()]);
    }
    for words in commands {
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        // A worker whose keeper was killed may need a moment to end; until then it holds the workspace.
        let ended = (0..200).any(|_| {
            let code = command(step, office, &words).status().expect("the binary runs").code();
            let is_held = code == Some(3);
            if is_held {
                pause(Duration::from_millis(50));
            }
            assert!(is_held || matches!(code, Some(0 | 1)), "{}: {words:?} ended with {code:?}", step.name);
            !is_held
        });
        assert!(ended, "{}: the workspace stays held", step.name);
    }
}

/// Starts a run and kills it some time later. Whether it was still running.
fn kill(step: &Step, office: &Office, who: Killed, after: Duration) -> bool {
    let answer = step.answer_in(office).map(|(number, words)| (number.to_string(), words));
    let words = match &answer {
        Some((number, words)) => vec!["answer", number, words],
        None => vec!["run"],
    };
    let mut keeper = command(step, office, &words).spawn().expect("the binary runs");
    pause(after);
    let was_running = keeper.try_wait().expect("it is our child").is_none();
    match who {
        Killed::Both => send_kill(&format!("-{}", keeper.id())),
        Killed::Keeper => send_kill(&keeper.id().to_string()),
        Killed::Worker => worker_of(&keeper).iter().for_each(|worker| send_kill(worker)),
    }
    // One whose worker was killed goes on to the end by itself.
    keeper.wait().expect("it is our child");
    was_running
}

fn worker_of(keeper: &Child) -> Option<String> {
    let id = keeper.id();
    let children = fs::read_to_string(format!("/proc/{id}/task/{id}/children")).unwrap_or_default();
    children.split_whitespace().next().map(str::to_owned)
}

/// One that has ended already is no fault.
fn send_kill(whom: &str) {
    Command::new("kill").args(["-KILL", "--", whom]).stderr(Stdio::null()).status().expect("kill is there");
}

/// Waits; no clock is asked whether it is time.
fn pause(time: Duration) {
    let (_keep, never) = mpsc::channel::<()>();
    let _ = never.recv_timeout(time);
}
