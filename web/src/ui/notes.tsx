import type { Bilingual } from '../../../src/contracts/bilingual.js';
import { language } from '../i18n/i18n.js';

/** What the reader of a report must know about its figures. */
export const Notes = ({ notes }: { readonly notes: readonly Bilingual[] }) => (
  <>
    {notes.map((note) => (
      <p key={note.en} class="small muted">
        {note[language.value]}
      </p>
    ))}
  </>
);
