// groups.js: do all groups together make the survey that was announced?
//
// Your own group is checked in any case (check.js). Whoever wants to know more fetches the list of all groups and
// reckons here: the root of the tree over them, how many people and how many spare seats they have together. A group
// of one made for somebody, or people who were invented, would have to show in this list.
import { join, sha256, text, toBase64 } from './bytes.js';
import { toCode } from './receipt.js';
import { ask, readJson } from './asking.js';

// RFC 6962: of n leaves, the largest power of two below n go left.
async function rootOf(leaves) {
  if (leaves.length === 1) return sha256(join([0], text(leaves[0])));
  let left = 1;
  while (2 * left < leaves.length) left *= 2;
  const [one, other] = await Promise.all([rootOf(leaves.slice(0, left)), rootOf(leaves.slice(left))]);
  return sha256(join([1], one, other));
}

// -> all groups in the order of the tree. Throws if they are not what the manifest announces.
export async function allGroups(place) {
  const { id, manifest } = place.survey;
  const { leaves } = readJson(await ask('/a/' + id + '/groups', { t: toCode(place.token) }));
  if (leaves.length !== manifest.groups || toBase64(await rootOf(leaves)) !== manifest.root) throw new Error('other groups');
  if (leaves.indexOf(place.leaf) < 0) throw new Error('your group is missing');
  const groups = leaves.map((leaf) => JSON.parse(leaf));
  if (new Set(groups.map((group) => group.g)).size !== groups.length) throw new Error('a group stands twice');
  const sum = (what) => groups.reduce((all, group) => {
    if (!Number.isInteger(group[what]) || group[what] < 0) throw new Error('not a number of people');
    return all + group[what];
  }, 0);
  if (sum('size') !== manifest.headcount || sum('spare') !== manifest.spare) throw new Error('it does not add up');
  return groups;
}
