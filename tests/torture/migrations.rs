//! T14: migrations of the schema that are killed. A cluster whose making is killed is tried in `crates/postgres`.

use ombor_core::schema;
use ombor_tests::torture::ground::Ground;
use ombor_tests::torture::migrations::{MigrationTrial, Moment};
use ombor_tests::torture::restores::Victim;
use rand::{Rng, rngs::StdRng};

use crate::kills::{dice, program, short_or_long};

/// Kills in the short form and in the long one.
const KILLS: (usize, usize) = (6, 100);

/// By turns an empty database and one of an older program; the program and the server.
fn drawn(number: usize, dice: &mut StdRng) -> (Moment, Victim) {
    let moment = if number.is_multiple_of(2) {
        Moment::Anywhere
    } else {
        let at = dice.random_range(2..=schema::version());
        Moment::Inside {
            from: dice.random_range(1..at),
            at,
        }
    };
    let victim = [Victim::Program, Victim::Program, Victim::Server][number / 2 % 3];
    (moment, victim)
}

/// T14: whatever migration is hit, nothing of it stays, and the next start brings the schema up to date by itself.
#[tokio::test]
async fn t14_a_migration_that_is_killed_leaves_nothing_and_the_next_start_is_clean() {
    let folder = tempfile::tempdir().unwrap();
    let ground = Ground::empty(folder.path(), Ground::limits()).unwrap();
    // Somebody holds the server as long as its migrations are tried.
    let _attached = ground.attach().await.unwrap();
    let trial = MigrationTrial::prepare(program(), &ground).await.unwrap();
    let mut dice = dice();
    for number in 0..short_or_long(KILLS) {
        let (moment, victim) = drawn(number, &mut dice);
        let hit = trial.hit(moment, victim, &mut dice).await;
        println!("{number}: {hit:?}");
        hit.unwrap_or_else(|error| panic!("{moment:?} {victim:?}: {error:#}"));
    }
}
