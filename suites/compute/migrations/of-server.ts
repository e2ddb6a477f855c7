/** Clauses on the migrations of one server, which are listed and shown while they are in progress. */
import { bodyOf, expectResponse } from '../../../src/clauses/matchers.ts';
import type { Finding } from '../../../src/clauses/verdict.ts';
import { section, type WrittenClause } from '../../../src/clauses/written.ts';
import { atPointer, jsonObject } from '../../../src/json.ts';
import { movedServer, movingServer } from '../fixtures/migrations.ts';
import { expectRefused } from '../rules/refusal.ts';
import { expectIds, expectThat, textOf } from './expect.ts';
import { listOfServer, showOfServer } from './operations.ts';

const ofServer = section('migrations.inc', 'Migrations of a server');
const once = { cases: 'once', identities: ['admin'] } as const;

export const ofServerClauses: readonly WrittenClause[] = [
  {
    id: 'compute/list-migrations-in-server-migrations#has-none-that-has-ended',
    statement: 'A list of the migrations of a server MUST have no migration that has ended.',
    quotes: [ofServer('Lists the live migrations of a server that are in progress, and no others.')],
    ...once,
    killedBy: ['compute:server-migrations-that-have-ended'],
    check: async (ctx) => {
      const { server } = await movedServer(ctx);
      return expectIds(await listOfServer.send(ctx, { server }), []);
    },
  },
  {
    id: 'compute/show-migration-details#forgets-migrations-that-have-ended',
    statement: 'A migration that has ended MUST be answered with 404.',
    quotes: [ofServer('A migration that has ended, or is one of another server, is answered with 404.')],
    ...once,
    killedBy: ['compute/show-migration-details:drop-check:live'],
    check: async (ctx) => {
      const { server, migrations } = await movedServer(ctx);
      const findings: Finding[] = [];
      for (const { id } of migrations) {
        findings.push(...expectRefused(await showOfServer.send(ctx, { server, migration: { id } }), 404));
      }
      return findings;
    },
  },
  {
    id: 'compute/show-migration-details#finds-migrations-of-the-server-only',
    statement: 'A migration of another server MUST be answered with 404, also while it is in progress.',
    quotes: [ofServer('A migration that has ended, or is one of another server, is answered with 404.')],
    ...once,
    killedBy: ['compute:migrations-of-any-server-are-shown'],
    check: async (ctx) => {
      const { server } = await movedServer(ctx);
      const moving = await movingServer(ctx);
      return expectRefused(await showOfServer.send(ctx, { server, migration: { id: moving.id } }), 404);
    },
  },
  {
    id: 'compute/show-migration-details#shows-the-migration',
    statement: 'A migration in progress MUST be shown with its id and its server.',
    quotes: [ofServer('Shows a live migration in progress of the server.')],
    identities: ['admin'],
    killedBy: ['compute/show-migration-details:null-field:server_uuid'],
    check: async (ctx) => {
      const { server, id } = await movingServer(ctx);
      return expectResponse(await showOfServer.send(ctx, { server, migration: { id } }), 200, (shown) => {
        const seen = jsonObject(atPointer(bodyOf(shown), '/migration'));
        return [
          ...expectThat(shown, '/migration/id', textOf(seen.id) === id, id, seen.id),
          ...expectThat(shown, '/migration/server_uuid', seen.server_uuid === server.id, server.id, seen.server_uuid),
        ];
      });
    },
  },
];
