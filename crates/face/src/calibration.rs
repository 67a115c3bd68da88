//! What a stranger's distance is here, and the thresholds: set on the enrolled people themselves.

use crate::distance::Probe;
use crate::gallery::Person;

/// Distance of strangers to templates of one light, when only one person is enrolled and nobody can be compared:
/// 207.7, 207.5, 207.1, 207.0, 207.2 (± 7.5) on five data sets. It belongs to exactly the parameters of
/// [`crate::PIPELINE_VERSION`].
const STRANGER_DISTANCE: f32 = 207.5;
/// Threshold of somebody who is enrolled alone: 4.5 % of own frames refused, no stranger accepted.
const ALONE: f32 = 0.86;
/// Threshold for people with templates of two lights, and for everybody when no badge says who it is: 0.8–2.2 % refused,
/// at most 0.25 % of strangers accepted, with two or more people enrolled.
const TWO_LIGHTS: f32 = 0.90;
/// Threshold for a claimed person with one light only: the low end of what transfers between five data sets at 1 %.
const ONE_LIGHT: f32 = 0.92;
/// So much below the first percentile of what enrolled people score against somebody lies that person's own threshold:
/// enrolled people are about 0.015 farther than real strangers.
const BELOW_IMPOSTORS: f32 = 0.01;
/// With fewer other people their percentile says nothing.
const OTHERS_FOR_OWN_THRESHOLD: usize = 3;
/// Enrolled frames that are compared with everybody; more are taken evenly. The means and percentiles need no more, and a
/// hundred people with twenty templates each would take half a minute.
const MOST_PROBES: usize = 160;

/// What the enrolled people say of each other.
#[derive(Clone)]
pub(crate) struct Calibration {
    /// Mean distance of enrolled frames to the other people.
    pub stranger_distance: f32,
    /// A stranger's distance over the distance to the mean template alone.
    pub full_by_mean: f32,
    /// For each person the limit that the others' enrolled frames leave; infinite while there are few others.
    pub own_limits: Vec<f32>,
}

impl Calibration {
    /// Compares the enrolled people with each other.
    pub fn of(people: &[Person]) -> Self {
        let rows = distances(people);
        let others = mean_of_others(&rows, |(full, _)| *full);
        let by_mean = mean_of_others(&rows, |(_, mean)| *mean);
        let stranger_distance = others.unwrap_or(STRANGER_DISTANCE);
        Self {
            stranger_distance,
            full_by_mean: others
                .zip(by_mean)
                .map_or(1.0, |(full, mean)| full / mean.max(1.0)),
            own_limits: own_limits(people.len(), &rows, stranger_distance),
        }
    }

    /// What a stranger's distance would be for a face whose distances to `others` other people sum up to `sum`: their
    /// mean, with one average stranger among them. With one or two others the plain mean is worse than no
    /// comparison; with the stranger blended in, the formula is nearly the better of both for any number of people.
    pub fn stranger(&self, sum: f32, others: usize) -> f32 {
        (sum + self.stranger_distance) / (others + 1) as f32
    }

    /// Threshold of the person at this place, when it is known who is meant.
    pub fn claimed(&self, people: &[Person], place: usize) -> f32 {
        let base = if people[place].lights() > 1 {
            TWO_LIGHTS
        } else {
            ONE_LIGHT
        };
        self.limited(people, place, base)
    }

    /// Threshold of the person at this place among all.
    pub fn open(&self, people: &[Person], place: usize) -> f32 {
        self.limited(people, place, TWO_LIGHTS)
    }

    fn limited(&self, people: &[Person], place: usize, base: f32) -> f32 {
        if people.len() == 1 {
            ALONE
        } else {
            base.min(self.own_limits[place])
        }
    }
}

/// Whose enrolled frame it is, and its distance to everybody: in full, and to the mean template alone.
type Row = (usize, Vec<(f32, f32)>);

fn distances(people: &[Person]) -> Vec<Row> {
    if people.len() < 2 {
        return Vec::new();
    }
    let frames: Vec<_> = people
        .iter()
        .enumerate()
        .flat_map(|(place, person)| {
            person
                .templates
                .iter()
                .map(move |template| (place, template))
        })
        .collect();
    let step = frames.len().div_ceil(MOST_PROBES).max(1);
    frames
        .iter()
        .step_by(step)
        .map(|(place, template)| {
            let probe = Probe::new(&template.packed.counts());
            (
                *place,
                people
                    .iter()
                    .map(|person| (person.distance(&probe), person.mean_distance(&probe)))
                    .collect(),
            )
        })
        .collect()
}

/// Mean distance of enrolled frames to the other people: the average stranger of this camera and light.
fn mean_of_others(rows: &[Row], which: impl Fn(&(f32, f32)) -> f32 + Copy) -> Option<f32> {
    let others = || {
        rows.iter().flat_map(|(own, row)| {
            row.iter()
                .enumerate()
                .filter(move |(place, _)| place != own)
                .map(move |(_, distances)| which(distances))
        })
    };
    let count = others().count();
    (count > 0).then(|| others().sum::<f32>() / count as f32)
}

/// For each person the limit that the others' enrolled frames leave, or no limit while there are few others.
fn own_limits(people: usize, rows: &[Row], stranger_distance: f32) -> Vec<f32> {
    if people <= OTHERS_FOR_OWN_THRESHOLD {
        return vec![f32::INFINITY; people];
    }
    (0..people)
        .map(|person| {
            let mut scores: Vec<f32> = rows
                .iter()
                .filter(|(own, _)| *own != person)
                .map(|(own, row)| {
                    // Neither the frame's owner nor the person may stand for the strangers.
                    let all: f32 = row.iter().map(|(full, _)| full).sum();
                    let sum = all - row[*own].0 - row[person].0;
                    row[person].0 / ((sum + stranger_distance) / (people - 1) as f32)
                })
                .collect();
            scores.sort_by(f32::total_cmp);
            scores
                .get(scores.len() / 100)
                .map_or(f32::INFINITY, |lowest| lowest - BELOW_IMPOSTORS)
        })
        .collect()
}
