/** Takes a piece of work and answers with its outcome. */
export type TakeTurn = <Outcome>(begin: () => Promise<Outcome>) => Promise<Outcome>;

/**
 * Begins each piece of work when the one before it has ended, however that ended. Two commands that are under way at
 * once may overtake each other on their way to the desk: an Enter would save the quantity before its last digit.
 */
export function createTurns(): TakeTurn {
  let last: Promise<unknown> = Promise.resolve();
  return (begin) => {
    const turn = last.then(begin, begin);
    last = turn;
    return turn;
  };
}
