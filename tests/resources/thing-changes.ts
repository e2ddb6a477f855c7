/** What the requests of the made-up service refer to: boxes are nobody's, and things are not kept in a ledger. */
import type { Changes } from '../../src/resources/declared-change.ts';

export const thingChanges: Changes = {
  compute: [
    {
      call: 'POST /boxes/{box_id}/things',
      refers: {},
      values: [
        'path box_id',
        'body /thing/size',
        'body /thing/colour',
        'body /thing/tag',
        'body /thing/code',
        'body /thing/level',
      ],
    },
    { call: 'DELETE /boxes/{box_id}/things', refers: {}, values: ['path box_id', 'query limit'] },
  ],
};
