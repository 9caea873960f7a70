import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** The usual order (longest first, or largest where no time is known), unit tests last: they are short, and fill what waiting leaves. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const isUnit = ({ project }: TestSpecification): boolean => project.name === 'unit';
    return [...sorted.filter((file) => !isUnit(file)), ...sorted.filter(isUnit)];
  }
}
