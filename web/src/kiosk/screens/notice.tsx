import type { ComponentChildren } from 'preact';

interface NoticeProps {
  readonly title: string;
  readonly detail?: string;
  readonly name?: string;
  readonly children?: ComponentChildren;
}

/** A screen that only says something. */
export const Notice = ({ title, detail, name = 'notice', children }: NoticeProps) => (
  <main class="screen" data-screen={name}>
    <div class="middle" role="status">
      <h1>{title}</h1>
      {detail !== undefined && <p>{detail}</p>}
      {children}
    </div>
  </main>
);
