/** Selects the region of an entry of clouds.yaml, and merges the values of that region. */
import { isJsonObject, jsonList, jsonObject, jsonText, type Json, type JsonObject } from '../json.ts';
import { CredentialsError } from './cloud-entry.ts';
import { mergeEntries, spelled } from './cloud-merge.ts';

interface Region {
  readonly name: string;
  readonly values: JsonObject;
}

/**
 * The selected region, else the one that the entry names, else the first of its list.
 *
 * @throws CredentialsError when the entry lists regions and this is not one of them.
 */
export function inRegion(from: string, cloud: JsonObject, wanted: string | undefined): JsonObject {
  const { regions, region_name: own, ...rest } = cloud;
  const named = jsonList(own).length > 0 ? jsonList(own) : (jsonText(own)?.split(',') ?? []);
  const known = (jsonList(regions).length > 0 ? jsonList(regions) : named).map(regionOf);
  const only = named.length === 1 ? jsonText(named[0])?.trim() : undefined;
  const name = wanted ?? only ?? known[0]?.name;
  if (name === undefined) return rest;
  const found = known.find((region) => region.name === name);
  if (!found && known.length > 0 && !(known.length === 1 && regions === undefined)) {
    throw new CredentialsError(
      `${from}: region "${name}" is not one of its regions, which are ${known.map((region) => region.name).join(', ')}. Choose one by region_name, OS_REGION_NAME or --os-region-name.`,
    );
  }
  return { ...mergeEntries(rest, found?.values ?? {}), region_name: name };
}

/** `north`, or `{ name: north, values: { … } }`. */
function regionOf(value: Json): Region {
  if (!isJsonObject(value)) return { name: (jsonText(value) ?? '').trim(), values: {} };
  return { name: jsonText(value.name) ?? '', values: spelled(jsonObject(value.values)) };
}
