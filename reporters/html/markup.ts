/** Markup as templates in which every value is text: nothing that a target sent can become an element. */
import htm from 'htm';
import { h, type ComponentChildren, type VNode } from 'preact';

export type Markup = ComponentChildren;

type Template = (strings: TemplateStringsArray, ...values: readonly unknown[]) => VNode | VNode[];

/** Its types describe a CommonJS module; what is loaded is an ES module. */
export const html: Template = (htm as unknown as typeof htm.default).bind(h);
