import { describe, expect, it } from 'vitest';
import { LinearAttack } from '../../fixtures/linear-attack.js';

const range = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, index) => from + index);

describe('the attacker of the tests', () => {
  it('finds one person in the difference of two answers', () => {
    const attack = new LinearAttack(12);
    attack.add(range(0, 12), 60);
    expect(attack.fewest(5)).toBeNull();
    attack.add(range(0, 11), 50);
    expect(attack.fewest(5)).toEqual([11]);
  });

  it('finds a person whom only several answers together give away, and a group of three', () => {
    const attack = new LinearAttack(30);
    // (A ∪ B) + (B ∪ C) − (A ∪ C): twice the people of B, four of whom another answer has too.
    attack.add([...range(0, 10), ...range(10, 15)], 1);
    attack.add([...range(10, 15), ...range(15, 25)], 1);
    attack.add([...range(0, 10), ...range(15, 25)], 1);
    expect(attack.fewest(5)).toBeNull();
    attack.add(range(0, 14), 1);
    expect(attack.fewest(5)).toEqual([10, 11, 12, 13]);
    const group = new LinearAttack(20);
    group.add(range(0, 20), 1);
    group.add(range(3, 20), 1);
    expect(group.fewest(5)).toEqual([0, 1, 2]);
    expect(group.fewest(3)).toBeNull();
  });

  it('finds by bounds what rounding leaves open to elimination', () => {
    const attack = new LinearAttack(6);
    // Of six people between 3.6 and 4.4 are men, of five between 2.6 and 3.4: the sixth is one.
    attack.add(range(0, 6), 3.9, 4.1);
    attack.add(range(0, 5), 2.9, 3);
    attack.add([5], 0.5, 1);
    expect(attack.pinned(5, 1)).toEqual([]);
    const two = new LinearAttack(3);
    two.add([0, 1], 1, 1);
    two.add([1, 2], 1, 1);
    two.add([0, 2], 2, 2);
    expect(two.pinned(5, 2)).toEqual([[0], [2]]);
    const sure = new LinearAttack(2);
    sure.add([0, 1], 3, 3);
    sure.add([0], 1, 1);
    expect(sure.pinned(5, 3)).toEqual([[0], [1]]);
  });
});
