// Commands on stories: decide, explain, record, test.
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { card, explained } from '../card.js';
import { explain, record, story } from '../studio-node.js';
import { Usage, complain, json, mistakes, policyOf, show, told, unreadable, watched } from './terminal.js';

/** Every story file below a folder, in order. */
async function stories(path) {
  if (path === '-' || !(await stat(path).catch(unreadable(path))).isDirectory()) return [path];
  const entries = await readdir(path, { withFileTypes: true });
  const below = entries
    .filter((entry) => entry.isDirectory() || entry.name.endsWith('.json'))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map((entry) => (entry.isDirectory() ? stories(join(path, entry.name)) : [join(path, entry.name)]));
  return (await Promise.all(below)).flat();
}

export const decide = (options) =>
  eachStory('decide', options, async (given, patch) => (await story(given, patch)).decision, card);

export const explainStories = (options) => eachStory('explain', options, explain, explained);

export const recordStories = ({ group, ...options }) => {
  const groups = group && Object.fromEntries(group.map((each) => {
    const at = each.indexOf('=');
    if (at < 1) throw new Usage(`--group ${each}: a group has a name, NAME=VALUE`);
    return [each.slice(0, at), each.slice(at + 1)];
  }));
  return eachStory('record', options, async (given, policy) => record(given, { policy, groups }), (_given, line) => line);
};

/** One answer a story: a readable card, or a line of JSON; bad input is told in its place. */
async function eachStory(command, { files, json: machine, policy }, answer, readable) {
  if (files.length === 0) throw new Usage(`${command} needs a story`);
  const patch = await policyOf(policy);
  const { progress, done } = watched(100, 'stories');
  let bad = false;
  for (const [i, file] of files.entries()) {
    try {
      const given = await json(file);
      const found = await answer(given, patch);
      // A line of a log is for machines as it is.
      const line = typeof found === 'string';
      show(machine && !line ? JSON.stringify({ story: given.name, ...found }) : readable(given, found));
    } catch (error) {
      bad = true;
      const errors = told(error);
      const [{ code, path, message }] = errors;
      if (machine) show(JSON.stringify({ story: file, error: { code, path, message }, errors }));
      else mistakes(error).forEach((each) => complain(`${file}: ${each.message}`));
    }
    // What is shown on the same terminal is progress enough.
    if (!process.stdout.isTTY) progress(i + 1);
  }
  done();
  return bad ? 2 : 0;
}

export async function test({ files, json: machine, policy }) {
  if (files.length === 0) throw new Usage('test needs a folder of stories');
  const patch = await policyOf(policy);
  let [passed, failed, silent] = [0, 0, 0];
  const found = (await Promise.all(files.map(stories))).flat();
  if (found.length === 0) throw new Usage(`no story in ${files.join(', ')}`);
  const { progress, done } = watched(100, `of ${found.length} stories`);
  for (const [i, file] of found.entries()) {
    let differences;
    progress(i + 1);
    try {
      const given = await json(file);
      ({ differences } = await story(given, patch));
      if (given.expect === undefined) {
        silent++;
        continue;
      }
    } catch (error) {
      differences = mistakes(error).map(({ message }) => message);
    }
    if (differences.length === 0) passed++;
    else failed++;
    if (machine) show(JSON.stringify({ story: file, differences }));
    else if (differences.length > 0) show([`FAILED ${file}`, ...differences.map((line) => `  ${line}`)].join('\n'));
  }
  done();
  if (!machine) show(`${passed} passed, ${failed} failed${silent > 0 ? `, ${silent} skipped` : ''}`);
  return failed > 0 ? 1 : 0;
}
