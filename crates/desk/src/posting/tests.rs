//! The rules of the worker's screen, one by one.

use super::*;

fn goods(name: &str, on_hand: i64) -> Goods {
    Goods {
        product_id: Uuid::from_u128(
            name.bytes()
                .fold(0, |sum, byte| sum * 31 + u128::from(byte)),
        ),
        sku: name.to_uppercase(),
        name: name.to_owned(),
        category: None,
        unit: "dona".to_owned(),
        decimals: 0,
        on_hand: Decimal::from(on_hand),
        available: Decimal::from(on_hand),
        min_stock: None,
        has_picture: false,
        active: true,
    }
}

fn scan(goods: &Goods) -> Event {
    scan_of(goods, 1)
}

fn scan_of(goods: &Goods, quantity: i64) -> Event {
    let quantity = Decimal::from(quantity);
    Event::Product {
        goods: goods.clone(),
        code: "4820000123457".to_owned(),
        quantity,
    }
}

/// Plays events; digits and `⏎` stand for keys.
fn play(state: &mut State, events: impl IntoIterator<Item = Event>) -> Vec<Effect> {
    events
        .into_iter()
        .flat_map(|event| step(state, event))
        .collect()
}

fn keys(text: &str) -> Vec<Event> {
    let key = |c| match c {
        '0' => DeskKey::Digit0,
        '1' => DeskKey::Digit1,
        '2' => DeskKey::Digit2,
        '4' => DeskKey::Digit4,
        '5' => DeskKey::Digit5,
        '.' => DeskKey::Point,
        '<' => DeskKey::Backspace,
        '!' => DeskKey::Escape,
        _ => DeskKey::Enter,
    };
    text.chars().map(|c| Event::Key(key(c))).collect()
}

fn quantities(state: &State) -> Vec<String> {
    state
        .lines
        .iter()
        .map(|line| decimal(line.quantity))
        .collect()
}

fn posts(effects: &[Effect]) -> usize {
    effects
        .iter()
        .filter(|effect| matches!(effect, Effect::Post(_)))
        .count()
}

#[test]
fn the_same_product_again_is_one_more() {
    let (mut state, tea) = (State::new(Direction::In), goods("choy", 0));
    play(&mut state, [scan(&tea), scan(&tea), scan(&tea)]);
    assert_eq!(quantities(&state), ["3"]);
}

#[test]
fn a_box_counts_as_the_pieces_that_it_stands_for() {
    let (mut state, tea) = (State::new(Direction::In), goods("choy", 0));
    play(&mut state, [scan_of(&tea, 12), scan(&tea)]);
    assert_eq!(quantities(&state), ["13"]);
}

#[test]
fn a_number_after_a_scan_is_the_quantity_and_its_enter_closes_the_document() {
    let (mut state, tea) = (State::new(Direction::In), goods("choy", 0));
    let mut events = vec![scan(&tea)];
    events.extend(keys("12⏎"));
    let effects = play(&mut state, events);
    assert_eq!(quantities(&state), ["12"]);
    assert_eq!(state.phase, Phase::Face);
    assert_eq!(posts(&effects), 0, "nothing is posted before a face");
    assert_eq!(posts(&step(&mut state, Event::Confirmed)), 1);
}

#[test]
fn a_confirmation_that_holds_needs_no_new_look() {
    let (mut state, tea) = (State::new(Direction::In), goods("choy", 0));
    play(&mut state, [Event::Confirmed, scan(&tea)]);
    assert_eq!(posts(&step(&mut state, Event::SaveCard)), 1);
}

#[test]
fn a_face_in_view_never_saves_by_itself() {
    let (mut state, tea) = (State::new(Direction::In), goods("choy", 0));
    assert_eq!(posts(&play(&mut state, [scan(&tea), Event::Confirmed])), 0);
    assert_eq!(state.phase, Phase::Gathering);
}

#[test]
fn another_code_commits_the_line() {
    let mut state = State::new(Direction::In);
    let (tea, rice) = (goods("choy", 0), goods("guruch", 0));
    let mut events = vec![scan(&tea)];
    events.extend(keys("12"));
    events.push(scan(&rice));
    events.extend(keys("5"));
    play(&mut state, events);
    assert_eq!(quantities(&state), ["12", "5"]);
}

#[test]
fn an_issue_beyond_stock_is_refused_before_the_face_and_the_other_lines_stay() {
    let mut state = State::new(Direction::Out);
    let (tea, rice) = (goods("choy", 45), goods("guruch", 100));
    let mut events = vec![scan(&rice), scan(&tea)];
    events.extend(keys("50"));
    play(&mut state, events);
    assert_eq!(state.phase, Phase::Refused);
    let notice = state.notice.clone().expect("a message");
    assert_eq!(notice.code, NoticeCode::InsufficientStock);
    assert_eq!(
        (
            notice.lines[0].wanted.as_str(),
            notice.lines[0].available.as_str()
        ),
        ("50", "45")
    );
    assert_eq!(quantities(&state), ["1"], "the rice is still gathered");
    let effects = play(&mut state, keys("⏎"));
    assert_eq!(posts(&effects), 0, "the number's own Enter saves nothing");
    assert_eq!(
        state.phase,
        Phase::Refused,
        "and the refusal can still be read"
    );
    play(&mut state, keys("4"));
    assert_eq!(
        quantities(&state),
        ["1", "4"],
        "a smaller number brings the line back"
    );
}

#[test]
fn the_next_scan_clears_a_refusal() {
    let mut state = State::new(Direction::Out);
    let (tea, rice) = (goods("choy", 0), goods("guruch", 100));
    play(&mut state, [scan(&tea)]);
    assert_eq!(state.phase, Phase::Refused);
    play(&mut state, [scan(&rice)]);
    assert_eq!(
        (state.phase, state.notice.is_none()),
        (Phase::Gathering, true)
    );
    assert_eq!(quantities(&state), ["1"]);
}

#[test]
fn one_more_than_there_is_leaves_what_was_gathered() {
    let (mut state, tea) = (State::new(Direction::Out), goods("choy", 2));
    play(&mut state, [scan(&tea), scan(&tea), scan(&tea)]);
    assert_eq!(state.phase, Phase::Refused);
    assert_eq!(quantities(&state), ["2"]);
}

#[test]
fn two_lines_of_one_product_cannot_take_more_than_there_is() {
    let mut state = State::new(Direction::Out);
    let (tea, rice) = (goods("choy", 5), goods("guruch", 5));
    let mut events = vec![scan(&tea)];
    events.extend(keys("4"));
    events.extend([scan(&rice), scan_of(&tea, 2)]);
    play(&mut state, events);
    let notice = state.notice.expect("a message");
    assert_eq!(notice.lines[0].available, "1");
}

#[test]
fn an_unknown_code_leaves_the_lines_and_says_the_code() {
    let (mut state, tea) = (State::new(Direction::In), goods("choy", 0));
    play(
        &mut state,
        [scan(&tea), Event::UnknownCode("123".to_owned())],
    );
    assert_eq!(state.unknown_code.as_deref(), Some("123"));
    assert_eq!(quantities(&state), ["1"]);
}

#[test]
fn backspace_takes_a_digit_then_the_line() {
    let (mut state, tea) = (State::new(Direction::In), goods("choy", 0));
    let mut events = vec![scan(&tea)];
    events.extend(keys("12<"));
    play(&mut state, events);
    assert_eq!(quantities(&state), ["1"]);
    play(&mut state, keys("<"));
    assert_eq!(
        (quantities(&state), state.entry.clone()),
        (vec!["1".to_owned()], None)
    );
    play(&mut state, keys("<"));
    assert_eq!(state.phase, Phase::Ready);
}

#[test]
fn pieces_have_no_fraction_and_kilograms_have() {
    let mut state = State::new(Direction::In);
    let mut events = vec![scan(&goods("choy", 0))];
    events.extend(keys("1.5"));
    play(&mut state, events);
    assert_eq!(
        quantities(&state),
        ["15"],
        "the point is refused for pieces"
    );
    let mut rice = goods("guruch", 0);
    rice.decimals = 3;
    let mut events = vec![scan(&rice)];
    events.extend(keys("1.5"));
    play(&mut state, events);
    assert_eq!(quantities(&state), ["15", "1.5"]);
}

#[test]
fn a_quantity_of_zero_is_not_saved() {
    let (mut state, tea) = (State::new(Direction::In), goods("choy", 0));
    let mut events = vec![Event::Confirmed, scan(&tea)];
    events.extend(keys("0⏎"));
    assert_eq!(posts(&play(&mut state, events)), 0);
    assert_eq!(state.phase, Phase::Refused);
}

#[test]
fn the_direction_does_not_change_under_a_document() {
    let (mut state, tea) = (State::new(Direction::In), goods("choy", 0));
    play(&mut state, [scan(&tea), Event::Mode(Direction::Out)]);
    assert_eq!(state.mode, Direction::In);
    assert_eq!(
        state.notice.clone().expect("a message").code,
        NoticeCode::FinishFirst
    );
    play(&mut state, keys("!"));
    play(&mut state, [Event::Mode(Direction::Out)]);
    assert_eq!(state.mode, Direction::Out);
}

#[test]
fn after_saving_the_next_scan_begins_a_new_document() {
    let (mut state, tea) = (State::new(Direction::In), goods("choy", 0));
    play(&mut state, [Event::Confirmed, scan(&tea), Event::SaveCard]);
    let first = state.document_id;
    let saved = Saved {
        number: "K-1".to_owned(),
        after: vec![(tea.product_id, Decimal::ONE)],
    };
    step(&mut state, Event::Posted(saved));
    assert_eq!(state.phase, Phase::Saved);
    let said = state.notice.clone().expect("a message").params;
    assert_eq!(
        (said["quantity"].as_str(), said["unit"].as_str()),
        ("1", "dona")
    );
    play(&mut state, [scan(&tea)]);
    assert_eq!(
        (state.phase, quantities(&state)),
        (Phase::Gathering, vec!["1".to_owned()])
    );
    assert_ne!(state.document_id, first);
}

#[test]
fn nothing_changes_a_document_that_is_being_saved() {
    let (mut state, tea) = (State::new(Direction::In), goods("choy", 0));
    play(&mut state, [Event::Confirmed, scan(&tea), Event::SaveCard]);
    let before = state.clone();
    play(&mut state, [scan(&tea), Event::CancelCard]);
    assert_eq!(state, before);
}

#[test]
fn a_confirmation_that_ran_out_asks_for_the_face_again_and_loses_nothing() {
    let (mut state, tea) = (State::new(Direction::In), goods("choy", 0));
    play(&mut state, [Event::Confirmed, scan(&tea), Event::SaveCard]);
    step(&mut state, Event::PostRefused(Refusal::ConfirmationNeeded));
    assert_eq!((state.phase, state.lines.len()), (Phase::Face, 1));
    assert!(state.wants_face());
}

#[test]
fn what_was_gathered_comes_back_with_the_same_identifiers() {
    let (mut state, tea) = (State::new(Direction::Out), goods("choy", 5));
    play(&mut state, [scan(&tea)]);
    let draft = Draft::of(&state).expect("a draft");
    let mut again = State::new(Direction::In);
    step(&mut again, Event::Restored(draft));
    assert_eq!(
        (again.document_id, again.mode),
        (state.document_id, Direction::Out)
    );
    assert_eq!(again.lines, state.lines);
}
