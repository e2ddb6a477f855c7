/** The declared changes of the identity service: what each request refers to and creates. */
import type { DeclaredChange } from '../../src/resources/declared-change.ts';
import { project } from './project.ts';
import { user } from './user.ts';

const aUser = { 'path user_id': { to: user } } as const;

export const identityChanges: readonly DeclaredChange[] = [
  {
    call: 'POST /projects',
    creates: { type: project.type, name: 'body /project/name', id: '/project/id' },
    refers: { 'body /project/domain_id': { to: { type: 'domain' }, or: 'anything' } },
    values: ['body /project/name', 'body /project/description', 'body /project/enabled'],
  },
  { call: 'DELETE /projects/{project_id}', refers: { 'path project_id': { to: project } } },
  {
    call: 'POST /users',
    creates: { type: user.type, name: 'body /user/name', id: '/user/id' },
    refers: { 'body /user/domain_id': { to: { type: 'domain' }, or: 'anything' } },
    values: [
      'body /user/name',
      'body /user/password',
      'body /user/enabled',
      'body /user/options/ignore_change_password_upon_first_use',
    ],
  },
  { call: 'PATCH /users/{user_id}', refers: aUser, values: ['body /user/password'] },
  { call: 'DELETE /users/{user_id}', refers: aUser },
  {
    // It changes the rights of the user, which belongs to the run; the project may be the operator's.
    call: 'PUT /projects/{project_id}/users/{user_id}/roles/{role_id}',
    refers: {
      ...aUser,
      'path project_id': { to: project, or: 'project' },
      'path role_id': { to: { type: 'role' }, or: 'anything' },
    },
  },
];
