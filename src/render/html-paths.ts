import type { ExposureBoundary, ExposureEdge, ExposureEdit, ExposurePath, ExposureReport } from '../core/exposure.ts';
import { joinList, plural } from '../core/text.ts';
import { html } from './escape.ts';
import {
  ASSET_WORDS,
  BOUNDARY_WORDS,
  type Closers,
  closersOf,
  commandsOf,
  countPaths,
  cutEdits,
  cutPhrase,
  pathPlaces,
  pathsPhrase,
  pathTitle,
  PRINCIPAL_WORDS,
  STATE_WORDS,
} from './exposure-words.ts';
import { badge } from './html-finding.ts';
import { COLUMNS, type DrawnNodes, drawnNodes, graphSvg } from './html-graph.ts';
import { COPY_BUTTON, commandHtml, placeHtml, prose } from './html-text.ts';
import type { PlaceOptions } from './place.ts';

/** Paths and edits that stand open to the eye; the others are unfolded on request. */
const SHOWN = 20;
/** Paths that list their steps without the script; each step of every path is in the list of steps. */
const WITH_STEPS = 100;
const EDITS_SHOWN = 12;
const PLACES_SHOWN = 4;
/** The section on who can reach what. All of it can be read without the script, which filters, and tries edits out. */
export function pathsHtml(exposure: ExposureReport, places: PlaceOptions): string {
  return new PathsSection(exposure, places).toString();
}

class PathsSection {
  private readonly exposure: ExposureReport;
  private readonly places: PlaceOptions;
  private readonly labels: ReadonlyMap<string, string>;
  private readonly drawn: DrawnNodes;
  private readonly edgeIndex: ReadonlyMap<string, number>;
  private readonly editIndex: ReadonlyMap<string, number>;

  constructor(exposure: ExposureReport, places: PlaceOptions) {
    this.exposure = exposure;
    this.places = places;
    this.labels = new Map(exposure.nodes.map((n) => [n.id, n.label]));
    this.drawn = drawnNodes(exposure);
    this.edgeIndex = indexes(exposure.edges);
    this.editIndex = indexes(exposure.edits);
  }

  toString(): string {
    const { exposure } = this;
    const { paths, edges, gaps } = exposure;
    const head = '<section aria-labelledby="paths"><h2 id="paths" tabindex="-1">Attack paths</h2>';
    const open =
      paths.length === 0
        ? '<p>No way in leads to anything worth protecting: on each a boundary holds.</p>'
        : `<p>${pathsPhrase(exposure)}. ${cutPhrase(exposure)}.</p>`;
    return [
      head,
      open,
      paths.length === 0 ? '' : this.bar(),
      exposure.nodes.length === 0 ? '' : drawing(exposure, this.drawn),
      this.edits(),
      paths.length === 0 ? '' : this.paths(),
      edges.length === 0
        ? ''
        : `<details class="fold"><summary>Every step (${edges.length}) and its boundaries</summary><ul class="steps">${edges.map((e, i) => this.step(e, i)).join('\n')}</ul></details>`,
      gaps.length === 0
        ? ''
        : `<h3>Not followed (${gaps.length})</h3><ul>${gaps.map((g) => `<li>${prose(g)}</li>`).join('')}</ul>`,
      '</section>',
    ].join('\n');
  }

  private bar(): string {
    const { paths } = this.exposure;
    const count = (key: 'principal' | 'asset', kind: string) => paths.filter((p) => p[key] === kind).length;
    const option = (value: string, text: string, n: number) =>
      `<option value="${html(value)}">${html(text, 80)} (${n})</option>`;
    const who = [...new Set(paths.map((p) => p.principal))];
    const what = [...new Set(paths.map((p) => p.asset))];
    const through = this.drawn.nodes.map(() => 0);
    for (const places of this.drawn.onPaths) for (const n of places) through[n]!++;
    const groups = COLUMNS.map(([kind, title]) => {
      const options = this.drawn.nodes.flatMap((n, i) =>
        n.kind === kind && through[i]! > 0 ? option(String(i), n.label, through[i]!) : [],
      );
      return options.length === 0 ? '' : `<optgroup label="${title}">${options.join('')}</optgroup>`;
    });
    return `<div class="bar needs-script" role="group" aria-label="Choose paths">
<label>From <select id="who"><option value="">anyone</option>${who.map((w) => option(w, PRINCIPAL_WORDS[w], count('principal', w))).join('')}</select></label>
<label>To <select id="what"><option value="">anything</option>${what.map((w) => option(w, ASSET_WORDS[w], count('asset', w))).join('')}</select></label>
<label>Through <select id="through"><option value="">any place</option>${groups.join('')}</select></label>
${cutEdits(this.exposure).length > 0 ? '<button type="button" id="cut">Apply the smallest set</button>' : ''}
${this.exposure.edits.length > 0 ? '<button type="button" id="none">Apply none</button>' : ''}
<p id="left" role="status" aria-live="polite"></p>
</div>`;
  }

  private edits(): string {
    const { edits } = this.exposure;
    if (edits.length === 0) return '';
    const inCut = cutEdits(this.exposure);
    const rest = edits.filter((e) => !inCut.includes(e));
    const rows = [...inCut, ...rest].map((e) => this.edit(e, inCut.includes(e)));
    const shown = Math.max(EDITS_SHOWN, inCut.length);
    const more = rows.slice(shown);
    return `<h3 id="edits">Edits that close paths</h3>
<p class="dim">${cutPhrase(this.exposure)}.<span class="needs-script"> Tick edits to see what they close; nothing is changed.</span></p>
<ul class="edits">${rows.slice(0, shown).join('\n')}</ul>
${more.length === 0 ? '' : `<details class="fold"><summary>${plural(more.length, 'more edit')}</summary><ul class="edits">${more.join('\n')}</ul></details>`}
<div id="chosen" class="needs-script" hidden><h4>To run for the ticked edits</h4><div class="copied"><pre id="todo" tabindex="0" aria-label="Commands of the ticked edits"></pre>${COPY_BUTTON}</div><p id="unsafe" class="dim" hidden>Commands with a name that means something to a shell have no copy button: read them first.</p></div>`;
  }

  private edit(edit: ExposureEdit, inCut: boolean): string {
    const index = this.editIndex.get(edit.id)!;
    const closes = this.exposure.paths.filter((p) => edit.closes.includes(p.id) || p.closedBy.includes(edit.id));
    const critical = closes.filter((p) => p.severity === 'critical').length;
    const count =
      edit.closes.length === 0
        ? 'closes paths together with others'
        : `closes ${plural(edit.closes.length, 'path')}${critical > 0 ? `, ${critical} critical` : ''}`;
    const { main, byHand } = commandsOf(edit);
    const list = (commands: readonly string[]) => commands.map((c) => `<li>${commandHtml(c)}</li>`).join('');
    const commands = [
      ...(main.length > 0 ? [`<ul class="commands to-run">${list(main)}</ul>`] : []),
      ...(byHand.length > 0
        ? [`<details><summary class="dim">By hand</summary><ul class="commands">${list(byHand)}</ul></details>`]
        : []),
    ].join('');
    const where = edit.locations.slice(0, PLACES_SHOWN).map((l) => placeHtml(l, this.places));
    return `<li id="edit-${index}" class="edit"><label><input type="checkbox" class="needs-script" value="${index}"${inCut ? ' data-cut' : ''}><span><b>${html(edit.title, 300)}</b> <span class="dim">${edit.safety}; ${count}${inCut ? '; in the smallest set' : ''}</span></span></label>
<div class="more-of-it">${edit.sideEffect === undefined ? '' : `<p>${prose(edit.sideEffect)}</p>`}${commands}${where.length === 0 ? '' : `<p class="where">${where.join(' · ')}</p>`}</div></li>`;
  }

  private paths(): string {
    const { paths, morePaths = 0 } = this.exposure;
    const { listed } = countPaths(this.exposure);
    const rows = paths.map((p, i) => `<li>${this.path(p, i)}</li>`);
    const more = rows.slice(SHOWN);
    return `<h3 id="path-list">Paths, worst first</h3>
<ol class="paths" id="path-rows">${rows.slice(0, SHOWN).join('\n')}</ol>
${more.length === 0 ? '' : `<details id="more-paths" class="fold"><summary>${plural(more.length, 'more path')}</summary><ol class="paths">${more.join('\n')}</ol></details>`}
<button type="button" id="show-more" class="needs-script" hidden></button>
${morePaths > 0 ? `<p class="dim">${plural(morePaths, 'milder path')} beyond these ${listed} are not listed.</p>` : ''}`;
  }

  private path(path: ExposurePath, index: number): string {
    const others = (path.otherEdges ?? []).flatMap((id) => this.edgeIndex.get(id) ?? []);
    const closers = closersOf(path);
    const ids = (list: readonly string[]) => list.flatMap((id) => this.editIndex.get(id) ?? []).join(' ');
    const steps = path.edges.flatMap((id) => this.edgeIndex.get(id) ?? []);
    const possible = path.state === 'possible' ? '<span class="state unknown">possible</span>' : '';
    const places = this.between(path).map((p) => html(p, 120));
    const body = index < WITH_STEPS ? this.body(steps, closers) : '';
    return `<details class="path ${path.severity}" data-w="${path.principal}" data-t="${path.asset}" data-n="${this.drawn.onPaths[index]!.join(' ')}" data-e="${steps.join(' ')}"${others.length > 0 ? ` data-o="${others.join(' ')}"` : ''} data-c="${ids(closers.alone)}"${closers.together.length > 0 ? ` data-s="${closers.together.map(ids).join(',')}"` : ''}><summary>${badge(path.severity)}<b>${pathTitle(path)}</b> ${possible}<span class="where">${places.join(' › ')}${this.otherTools(others)}</span></summary>${body}</details>`;
  }

  /** The places of a path without the ends that its title names already. */
  private between(path: ExposurePath): string[] {
    const same = (a: string | undefined, b: string) => a?.toLowerCase() === b.toLowerCase();
    const places = pathPlaces(path, this.labels);
    return places.slice(
      same(places[0], PRINCIPAL_WORDS[path.principal]) ? 1 : 0,
      same(places.at(-1), ASSET_WORDS[path.asset]) ? -1 : undefined,
    );
  }

  /** The other tools that lead the same way. */
  private otherTools(edges: readonly number[]): string {
    const ends = new Set(edges.map((i) => this.exposure.edges[i]!.to));
    const tools = this.exposure.nodes.filter((n) => n.kind === 'tool' && ends.has(n.id)).map((n) => n.label);
    return tools.length === 0 ? '' : `; also by ${html(joinList(tools), 300)}`;
  }

  /** The script puts the steps themselves in place of the links to them. */
  private body(steps: readonly number[], { alone, together }: Closers): string {
    const { edges, edits } = this.exposure;
    const rows = steps.map((i) => {
      const { from, to, text } = edges[i]!;
      return `<li><a href="#step-${i}">${html(this.label(from), 200)} → ${html(this.label(to), 200)}</a>: ${html(text, 300)}</li>`;
    });
    const names = (ids: readonly string[]) =>
      ids
        .flatMap((id) => {
          const i = this.editIndex.get(id);
          return i === undefined ? [] : `<a href="#edit-${i}">${html(edits[i]!.title, 300)}</a>`;
        })
        .join(' or ');
    const closed = [
      ...(alone.length > 0 ? [`Closed by ${names(alone)}.`] : []),
      ...(together.length > 0 ? [`Closed by these together: ${together.map(names).join('; and ')}.`] : []),
    ];
    return `<div class="body"><ol class="steps">${rows.join('')}</ol>${closed.length === 0 ? '<p class="dim">No proposed edit closes it.</p>' : closed.map((text) => `<p class="dim">${text}</p>`).join('')}</div>`;
  }

  private step(edge: ExposureEdge, index: number): string {
    const boundaries = edge.boundaries.map((b) => `<li>${this.boundary(b)}</li>`).join('');
    return `<li id="step-${index}"><p><b>${html(this.label(edge.from), 200)} → ${html(this.label(edge.to), 200)}</b>: ${html(edge.text, 300)}${boundaries === '' ? ' <span class="dim">Nothing stands between.</span>' : ''}</p>${boundaries === '' ? '' : `<ul class="boundaries">${boundaries}</ul>`}</li>`;
  }

  private boundary({ kind, state, text, locations }: ExposureBoundary): string {
    const where = locations.slice(0, PLACES_SHOWN).map((l) => placeHtml(l, this.places));
    const more = locations.length - where.length;
    const at =
      where.length === 0
        ? ''
        : `<span class="where">${where.join(' · ')}${more > 0 ? ` · and ${more} more` : ''}</span>`;
    return `<span class="state ${state}">${BOUNDARY_WORDS[kind]} ${STATE_WORDS[state]}</span> ${prose(text)}${at}`;
  }

  private label(id: string): string {
    return this.labels.get(id) ?? id;
  }
}

function drawing(exposure: ExposureReport, drawn: DrawnNodes): string {
  return `<div class="drawing" tabindex="0" role="group" aria-label="Drawing, scrolls sideways">${graphSvg(exposure, drawn)}</div>
<p class="legend dim"><span class="key critical">critical</span> <span class="key warn">warning</span> <span class="key info">note</span> <span class="key unsure">a boundary could not be judged</span> <span class="key idle">held, closed by a ticked edit, or on no path that is listed</span></p>`;
}

function indexes(list: readonly { readonly id: string }[]): ReadonlyMap<string, number> {
  return new Map(list.map((x, i) => [x.id, i]));
}
