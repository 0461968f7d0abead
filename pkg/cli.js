#!/usr/bin/env node
// The command line: the same wasm, on files or standard input (`-`).
import { readFile } from 'node:fs/promises';
import { HELP, OPTIONS, helpOf } from './commands/help.js';
import { auditPolicies, diffPolicies, replayLog } from './commands/logs.js';
import { assembleFile, showSignals } from './commands/measures.js';
import { approvePolicies, checkPolicies, compilePolicies, describePolicies, newKeys, showStarter, verifyPolicies } from './commands/policies.js';
import { decide, explainStories, recordStories, test } from './commands/stories.js';
import { Usage, complain, mistakes, show } from './commands/terminal.js';

const RUN = {
  decide, explain: explainStories, record: recordStories, test,
  starter: showStarter, check: checkPolicies, describe: describePolicies, diff: diffPolicies, keys: newKeys, approve: approvePolicies, compile: compilePolicies, verify: verifyPolicies,
  replay: replayLog, audit: auditPolicies, signals: showSignals, assemble: assembleFile,
};

/** Options with a value, and what they need. */
const VALUED = {
  '-o': ['out', 'a file'], '--out': ['out', 'a file'], '--policy': ['policy', 'a file'], '--log': ['log', 'a file'],
  '--by': ['by', 'a mapping file, or a name'], '--group': ['group', 'NAME=VALUE'], '--key': ['key', 'a file'],
  '--role': ['role', 'a role'], '--approvers': ['approvers', 'a file'], '--guard-role': ['guardRole', 'a role'],
};
const FLAGS = ['--json', '--cases'];
/** Policies add up: a patch over a patch. Somebody may be in several groups. */
const SEVERAL = ['policy', 'group'];

/** `--name value` and flags out of the arguments; what is left are files. */
function options(command, args) {
  const known = OPTIONS[command];
  const refuse = (arg) => { throw new Usage(`${command} knows no option ${arg}`); };
  const found = { files: [] };
  for (let i = 0; i < args.length; i++) {
    const arg = args[i];
    const [flag, ...rest] = arg.split('=');
    if (Object.hasOwn(VALUED, flag) && (rest.length === 0 || flag.startsWith('--'))) {
      const [name, needs] = VALUED[flag];
      if (!known.includes(name)) refuse(flag);
      const value = rest.length > 0 ? rest.join('=') : args[++i];
      if (value === undefined) throw new Usage(`${arg} needs ${needs}`);
      if (SEVERAL.includes(name)) (found[name] ??= []).push(value);
      else found[name] = value;
    } else if (FLAGS.includes(arg)) {
      if (!known.includes(arg.slice(2))) refuse(arg);
      found[arg.slice(2)] = true;
    } else if (arg.startsWith('-') && arg !== '-') refuse(arg);
    else found.files.push(arg);
  }
  return found;
}

async function main([command, ...args]) {
  if (command === '--version') {
    show(JSON.parse(await readFile(new URL('./package.json', import.meta.url), 'utf8')).version);
    return 0;
  }
  const asked = ['--help', '-h', 'help'];
  if (command === undefined || asked.includes(command) || args.some((arg) => asked.slice(0, 2).includes(arg))) {
    const about = asked.includes(command) ? args[0] : command;
    show(Object.hasOwn(RUN, about ?? '') ? helpOf(about) : HELP);
    return command === undefined ? 2 : 0;
  }
  try {
    if (!Object.hasOwn(RUN, command)) throw new Usage(`unknown command ${command}`);
    return await RUN[command](options(command, args));
  } catch (error) {
    const known = Object.hasOwn(RUN, command) ? ` ${command}` : '';
    if (error instanceof Usage) complain(`tactful: ${error.message}; see tactful${known} --help`);
    else mistakes(error).forEach(({ message }) => complain(`tactful: ${message}`));
    return 2;
  }
}

// Whoever reads has read enough, as `head` does.
process.stdout.on('error', (error) => process.exit(error.code === 'EPIPE' ? 0 : 1));

process.exitCode = await main(process.argv.slice(2));
