/** Renders into an element when it is first opened, so that closed elements cost nothing. */
import { render } from 'preact';
import type { Markup } from '../markup.ts';

export function fill(element: Element | null | undefined, view: () => Markup): void {
  if (!element || element.hasAttribute('data-filled')) return;
  element.setAttribute('data-filled', '');
  element.replaceChildren();
  render(view(), element);
}

/** For the toggle event of a `details` whose body is its last child. */
export function fillOnOpen(view: () => Markup): (event: Event) => void {
  return ({ currentTarget }) => {
    if (currentTarget instanceof HTMLDetailsElement && currentTarget.open) fill(currentTarget.lastElementChild, view);
  };
}
