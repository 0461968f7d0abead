const { readFileSync } = require('node:fs');
const { load } = require('tactful');
const { decide } = require('./decide.js');

load(readFileSync(require.resolve('tactful/starter.tactful')), { unsigned: true }).then((tactful) => console.log(decide(tactful, require('./story.json'))));
