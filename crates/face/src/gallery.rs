//! The enrolled people and how like them a face is.

use crate::Counts;
use crate::calibration::Calibration;
use crate::distance::{Mean, Packed, Probe, median};
use std::collections::BTreeMap;

/// With more templates than this, only the likeliest people are compared template by template: 2000 take 13 ms.
const COMPARED_IN_FULL: usize = 3000;
/// How many are the likeliest, by their mean templates. With 20 of 500 people 3 % of own faces were not among them.
const SHORTLIST: usize = 60;
/// Past this many people face alone (1:N) weakens: with twenty enrolled 8.7 % of strangers' frames resemble somebody at
/// a score of 0.92, 1.2 % at 0.90, and each further person adds to it.
const MANY_PEOPLE: usize = 20;

/// One stored histogram of one person.
#[derive(Debug, Clone, PartialEq)]
pub struct Template {
    /// The person's number, the label in `model.yml`.
    pub label: i32,
    /// The visit it comes from: 1 for the first light, 2 for the second.
    pub light: i16,
    /// How good its frame was, 0 to 1.
    pub quality: f32,
    /// The histogram.
    pub counts: Counts,
}

/// How like an enrolled person a face is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Score {
    /// The person.
    pub label: i32,
    /// Distance on OpenCV's scale: half to the nearest template, half to the mean of all.
    pub distance: f32,
    /// Distance over what a stranger's distance would be: 1 is a stranger, less is more alike. It means the same in every
    /// camera and light.
    pub relative: f32,
}

/// A template of a known person, as it is kept in memory.
#[derive(Clone)]
pub(crate) struct Kept {
    pub light: i16,
    pub quality: f32,
    pub packed: Packed,
}

/// One enrolled person.
pub(crate) struct Person {
    pub label: i32,
    pub templates: Vec<Kept>,
    mean: Mean,
}

impl Person {
    pub fn new(label: i32, templates: Vec<Kept>) -> Self {
        let mean = Mean::of(templates.iter().map(|kept| &kept.packed));
        Self {
            label,
            templates,
            mean,
        }
    }

    /// Half the distance to the nearest template, half to the mean. Nearest alone: 19.1 % across sessions, mean alone
    /// 10.1 but worse for strangers at 0.1 %, both 12.1 and the best closed-set rank (97.3 instead of 94.0 %).
    pub fn distance(&self, probe: &Probe) -> f32 {
        let nearest = self
            .templates
            .iter()
            .map(|kept| probe.to_template(&kept.packed))
            .fold(f32::INFINITY, f32::min);
        f32::midpoint(nearest, self.mean_distance(probe))
    }

    /// Distance to the mean alone.
    pub fn mean_distance(&self, probe: &Probe) -> f32 {
        probe.to_mean(&self.mean)
    }

    /// In how many lights the templates were taken.
    pub fn lights(&self) -> usize {
        let mut lights: Vec<i16> = self.templates.iter().map(|kept| kept.light).collect();
        lights.sort_unstable();
        lights.dedup();
        lights.len()
    }
}

/// All enrolled people. It does not change: who is enrolled or erased makes a new one.
pub struct Gallery {
    people: Vec<Person>,
    calibration: Calibration,
}

impl std::fmt::Debug for Gallery {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Gallery({} people)", self.people.len())
    }
}

impl Gallery {
    /// Groups templates by person and calibrates the thresholds on them: seconds for a hundred people, so
    /// it belongs into the background.
    #[must_use]
    pub fn build(templates: impl IntoIterator<Item = Template>) -> Self {
        let mut grouped: BTreeMap<i32, Vec<Kept>> = BTreeMap::new();
        for template in templates {
            let kept = Kept {
                light: template.light,
                quality: template.quality,
                packed: Packed::of(&template.counts),
            };
            grouped.entry(template.label).or_default().push(kept);
        }
        let people: Vec<Person> = grouped
            .into_iter()
            .map(|(label, templates)| Person::new(label, templates))
            .collect();
        let calibration = Calibration::of(&people);
        Self {
            people,
            calibration,
        }
    }

    /// People, by ascending number, with the calibration that was made for them.
    pub(crate) fn restored(people: Vec<Person>, calibration: Calibration) -> Self {
        Self {
            people,
            calibration,
        }
    }

    /// What [`Gallery::restored`] takes.
    pub(crate) fn parts(&self) -> (&[Person], &Calibration) {
        (&self.people, &self.calibration)
    }

    /// How many people are enrolled.
    #[must_use]
    pub fn len(&self) -> usize {
        self.people.len()
    }

    /// Whether nobody is enrolled.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.people.is_empty()
    }

    /// The enrolled people's numbers, ascending.
    pub fn labels(&self) -> impl Iterator<Item = i32> {
        self.people.iter().map(|person| person.label)
    }

    /// In how many lights a person was enrolled; 0 when not at all.
    #[must_use]
    pub fn lights(&self, label: i32) -> usize {
        self.place(label)
            .map_or(0, |place| self.people[place].lights())
    }

    /// Whether badge and face should be used instead of the face alone: with more than twenty people, or while anybody
    /// has templates of one light only.
    #[must_use]
    pub fn proposes_badges(&self) -> bool {
        self.people.len() > MANY_PEOPLE || self.people.iter().any(|person| person.lights() < 2)
    }

    /// All templates, by person.
    pub fn templates(&self) -> impl Iterator<Item = Template> {
        self.people.iter().flat_map(|person| {
            person.templates.iter().map(|kept| Template {
                label: person.label,
                light: kept.light,
                quality: kept.quality,
                counts: kept.packed.counts(),
            })
        })
    }

    /// How like each enrolled person a face is, in the order of [`Gallery::labels`]. In a large gallery only the sixty
    /// likeliest people and the `claimed` one are compared template by template; the others' distances, which only serve
    /// as the measure of a stranger, are estimated from their mean templates.
    #[must_use]
    pub fn scores(&self, counts: &Counts, claimed: Option<i32>) -> Vec<Score> {
        let templates: usize = self.people.iter().map(|p| p.templates.len()).sum();
        if templates <= COMPARED_IN_FULL {
            return self.scores_in_full(counts);
        }
        self.scores_of_likeliest(counts, claimed, SHORTLIST)
    }

    /// The same with every template of everybody.
    #[must_use]
    pub fn scores_in_full(&self, counts: &Counts) -> Vec<Score> {
        let probe = Probe::new(counts);
        let distances: Vec<f32> = self.people.iter().map(|p| p.distance(&probe)).collect();
        self.relative(&distances)
    }

    /// The same with the templates of the `shortlist` likeliest people and of the claimed one.
    #[must_use]
    pub fn scores_of_likeliest(
        &self,
        counts: &Counts,
        claimed: Option<i32>,
        shortlist: usize,
    ) -> Vec<Score> {
        let probe = Probe::new(counts);
        let means: Vec<f32> = self
            .people
            .iter()
            .map(|p| p.mean_distance(&probe))
            .collect();
        let mut order: Vec<usize> = (0..means.len()).collect();
        order.sort_by(|a, b| means[*a].total_cmp(&means[*b]));
        let mut distances: Vec<f32> = means
            .iter()
            .map(|mean| mean * self.calibration.full_by_mean)
            .collect();
        let claimed = claimed.and_then(|label| self.place(label));
        for place in order.into_iter().take(shortlist).chain(claimed) {
            distances[place] = self.people[place].distance(&probe);
        }
        self.relative(&distances)
    }

    fn relative(&self, distances: &[f32]) -> Vec<Score> {
        let sum: f32 = distances.iter().sum();
        let score = |(person, &distance): (&Person, &f32)| Score {
            label: person.label,
            distance,
            relative: distance
                / self
                    .calibration
                    .stranger(sum - distance, distances.len() - 1),
        };
        self.people.iter().zip(distances).map(score).collect()
    }

    /// The score that a face would have against a newcomer with these templates, among everybody but `except`.
    pub(crate) fn score_of_newcomer(
        &self,
        counts: &Counts,
        templates: &[&Template],
        except: i32,
    ) -> f32 {
        let probe = Probe::new(counts);
        let kept = templates.iter().map(|template| Kept {
            light: template.light,
            quality: template.quality,
            packed: Packed::of(&template.counts),
        });
        let own = Person::new(except, kept.collect()).distance(&probe);
        let others: Vec<f32> = self
            .people
            .iter()
            .filter(|person| person.label != except)
            .map(|person| person.distance(&probe))
            .collect();
        own / self.calibration.stranger(others.iter().sum(), others.len())
    }

    /// Below which score a person's face counts as theirs, when it is known who is meant.
    #[must_use]
    pub fn claimed_threshold(&self, label: i32) -> Option<f32> {
        let place = self.place(label)?;
        Some(self.calibration.claimed(&self.people, place))
    }

    /// The same when anybody may stand there.
    #[must_use]
    pub fn open_threshold(&self, label: i32) -> Option<f32> {
        let place = self.place(label)?;
        Some(self.calibration.open(&self.people, place))
    }

    /// The person whom these faces resemble most and the median score, leaving `except` out.
    pub(crate) fn closest(&self, faces: &[Counts], except: i32) -> Option<(i32, f32)> {
        let scores: Vec<Vec<Score>> = faces
            .iter()
            .map(|counts| self.scores(counts, None))
            .collect();
        let median_of =
            |place: usize| median(&scores.iter().map(|s| s[place].relative).collect::<Vec<_>>());
        (0..self.people.len())
            .filter(|&place| !faces.is_empty() && self.people[place].label != except)
            .map(|place| (self.people[place].label, median_of(place)))
            .min_by(|a, b| a.1.total_cmp(&b.1))
    }

    fn place(&self, label: i32) -> Option<usize> {
        self.people
            .binary_search_by_key(&label, |person| person.label)
            .ok()
    }
}
