/** What the templates for CI systems have a shell do, with what the system fills in. */
import { join } from 'node:path';
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

export interface CiScript {
  readonly page: string;
  readonly line: string;
  readonly env: Readonly<Record<string, string>>;
  /** Of several jobs that are the same but for this: which one. */
  readonly part?: string;
}

const root = join(import.meta.dirname, '../..');
const textOf = (page: string): string => readFileSync(join(root, page), 'utf8');
const yamlOf = (page: string): unknown => parse(textOf(page));

interface Step {
  readonly run?: string;
  readonly env?: Readonly<Record<string, string>>;
}

interface GithubJob {
  readonly strategy?: { readonly matrix: Readonly<Record<string, readonly (string | number)[]>> };
  readonly steps: readonly Step[];
}

const summary = { GITHUB_STEP_SUMMARY: 'step-summary.md' };

function githubScripts(page: string): readonly CiScript[] {
  const { jobs, env } = yamlOf(page) as {
    readonly jobs: Readonly<Record<string, GithubJob>>;
    readonly env: Readonly<Record<string, string>>;
  };
  const common = withoutSystem(env);
  return Object.values(jobs).flatMap(({ strategy, steps }) => {
    const [[name = '', values = ['']] = []] = Object.entries(strategy?.matrix ?? {});
    return values.flatMap((value) =>
      scriptsOf(page, steps, { [`matrix.${name}`]: String(value) }).map((script) => ({
        ...script,
        env: { ...common, ...script.env },
        ...(strategy && { part: String(value) }),
      })),
    );
  });
}

function actionScripts(page: string): readonly CiScript[] {
  const action = yamlOf(page) as {
    inputs: Readonly<Record<string, { readonly default?: string }>>;
    runs: { readonly steps: readonly Step[] };
  };
  const inputs = Object.entries(action.inputs).map(([name, input]) => [`inputs.${name}`, input.default ?? 'acme']);
  return scriptsOf(page, action.runs.steps, Object.fromEntries(inputs) as Record<string, string>);
}

function scriptsOf(page: string, steps: readonly Step[], known: Readonly<Record<string, string>>): readonly CiScript[] {
  const fill = (text: string): string =>
    text.replaceAll(/\$\{\{ *([\w.]+) *\}\}/g, (_, name: string) => known[name] ?? '');
  return steps.flatMap(({ run, env = {} }) => {
    const filled = Object.entries(withoutSystem(env)).map(([name, value]) => [name, fill(value)]);
    return run === undefined
      ? []
      : [
          {
            page,
            line: fill(run).trim(),
            env: { ...summary, ...(Object.fromEntries(filled) as Record<string, string>) },
          },
        ];
  });
}

/** Without secrets and variables of the system: those are set where the scripts are executed. */
function withoutSystem(env: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(env).filter(([, value]) => !/\{\{ *(secrets|vars)\./.test(value)));
}

interface GitlabJob {
  readonly script: readonly string[];
  readonly parallel?: number;
}

interface GitlabFile {
  readonly variables: Readonly<Record<string, string>>;
  readonly [job: string]: GitlabJob | Readonly<Record<string, string>>;
}

function gitlabScripts(page: string): readonly CiScript[] {
  const { variables, ...jobs } = yamlOf(page) as GitlabFile;
  return Object.values(jobs as Readonly<Record<string, GitlabJob>>).flatMap(({ script, parallel = 1 }) =>
    Array.from({ length: parallel }, (_, index) => ({
      page,
      line: script.join('\n'),
      env: { ...variables, CI_NODE_INDEX: String(index + 1), CI_NODE_TOTAL: String(parallel) },
      ...(parallel > 1 ? { part: String(index + 1) } : {}),
    })),
  );
}

function jenkinsScripts(page: string): readonly CiScript[] {
  const text = textOf(page);
  const [, cloud = ''] = /OS_CLOUD = '([^']+)'/.exec(text) ?? [];
  return [...text.matchAll(/script: '([^']+)'/g)].map(([, line = '']) => ({ page, line, env: { OS_CLOUD: cloud } }));
}

function zuulScripts(page: string, job: string): readonly CiScript[] {
  const [play] = yamlOf(page) as [{ tasks: readonly Readonly<Record<string, string>>[] }];
  const [
    {
      job: { vars },
    },
  ] = yamlOf(job) as [{ job: { vars: Readonly<Record<string, string>> } }];
  const known: Readonly<Record<string, string>> = { ...vars, zuul_output_dir: 'zuul-output' };
  const lines = play.tasks.flatMap((task) => task['ansible.builtin.shell'] ?? []);
  const fill = (line: string): string => line.replaceAll(/\{\{ *(\w+) *\}\}/g, (_, name: string) => known[name] ?? '');
  return lines.map((line) => ({ page, line: fill(line), env: {} }));
}

/** In the order in which the systems have them executed. */
export const ciScripts: Readonly<Record<string, readonly CiScript[]>> = {
  'ci/github-workflow.yml': githubScripts('ci/github-workflow.yml'),
  'ci/gitlab.yml': gitlabScripts('ci/gitlab.yml'),
  'ci/Jenkinsfile': jenkinsScripts('ci/Jenkinsfile'),
  'ci/zuul-run.yaml': zuulScripts('ci/zuul-run.yaml', 'ci/zuul.yaml'),
  'action.yml': actionScripts('action.yml'),
};
