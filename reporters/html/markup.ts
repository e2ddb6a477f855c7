/**
 * Markup as templates in which every value is text: nothing that a target sent can become an element, and invisible
 * characters are shown as escapes.
 */
import htm from 'htm';
import { h, type ComponentChildren, type VNode } from 'preact';
import { visible } from '../../src/report/printable.ts';

export type Markup = ComponentChildren;

type Template = (strings: TemplateStringsArray, ...values: readonly unknown[]) => VNode | VNode[];

/** The types of htm describe a CommonJS module; the loaded one is an ES module. */
export const html: Template = (htm as unknown as typeof htm.default).bind(element);

function element(
  type: string,
  props: Record<string, unknown> | null,
  ...children: readonly ComponentChildren[]
): VNode {
  return h(type, props, ...children.map(shown));
}

function shown(child: ComponentChildren): ComponentChildren {
  if (typeof child === 'string') return visible(child);
  return Array.isArray(child) ? child.map(shown) : child;
}
