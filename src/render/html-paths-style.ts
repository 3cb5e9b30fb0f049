/** The style of the section on paths. Whatever a colour says, a word or the kind of a line says too. */
export const PATHS_STYLE = `
:root{--c-line:#b3131b;--w-line:#a86400;--i-line:#0b5cad;--idle:#98a2ae;--box:#f4f6f8;--ok:#1a7036}
@media(prefers-color-scheme:dark){:root:not([data-theme=light]){--c-line:#ff7b80;--w-line:#e0a44a;--i-line:#7cb7ff;--idle:#5b6573;--box:#232932;--ok:#1f7a3d}}
:root[data-theme=dark]{--c-line:#ff7b80;--w-line:#e0a44a;--i-line:#7cb7ff;--idle:#5b6573;--box:#232932;--ok:#1f7a3d}
.drawing{overflow-x:auto;width:min(100vw - 2.5rem,76rem);margin:1rem 0 .5rem;margin-left:50%;transform:translateX(-50%)}
.drawing svg{display:block;width:100%;min-width:50rem;height:auto;font-size:12px}
.off{display:none}
.col{font-size:13px;font-weight:600;fill:var(--dim)}
.more{fill:var(--dim)}
.node{cursor:pointer}
.node rect{fill:var(--box);stroke:var(--dim)}
.node text{fill:var(--fg)}
.node.principal rect,.node.asset rect{stroke-width:2}
.node:hover rect{stroke:var(--link);stroke-width:2}
.node.idle rect{stroke:var(--idle);stroke-dasharray:3 3;stroke-width:1}.node.idle text{fill:var(--dim)}
.line{fill:none;stroke:var(--idle);stroke-width:1.6}
.line.critical{stroke:var(--c-line)}.line.warn{stroke:var(--w-line)}.line.info{stroke:var(--i-line)}
.line.unsure{stroke-dasharray:7 4}
.line.idle{stroke:var(--idle);stroke-dasharray:1.5 4;stroke-width:1.3}
.line.faint{opacity:.18}
.legend{display:flex;flex-wrap:wrap;gap:.2rem 1.2rem;font-size:.875rem}
.key::before{content:"";display:inline-block;width:1.6rem;border-top:2px solid var(--dim);vertical-align:middle;margin-right:.4rem}
.key.critical::before{border-color:var(--c-line)}.key.warn::before{border-color:var(--w-line)}.key.info::before{border-color:var(--i-line)}
.key.unsure::before{border-top-style:dashed}.key.idle::before{border-top-style:dotted}
#left{flex-basis:100%;margin:0;font-weight:600}
.bar select{max-width:13rem}
.edits,.paths{list-style:none;padding:0}
.edit{border:1px solid var(--line);border-radius:6px;background:var(--card);margin:.4rem 0;padding:.55rem .9rem}
.edit label{display:flex;gap:.6rem;align-items:baseline}
.edit input{flex:none}
.more-of-it{font-size:.94rem;margin-top:.15rem}
.commands{list-style:none;padding:0}
.commands code{background:var(--soft);border-radius:4px;padding:.1em .3em}
.path{border:1px solid var(--line);border-left:5px solid var(--line);border-radius:6px;background:var(--card);margin:.4rem 0}
.paths>li[hidden]{display:none}
.path.critical{border-left-color:var(--critical)}.path.warn{border-left-color:var(--warn)}.path.info{border-left-color:var(--info)}
.path>summary{cursor:pointer;padding:.5rem .9rem .55rem 2rem;position:relative;list-style:none}
.path>summary::-webkit-details-marker{display:none}
.path>summary::before{content:"";position:absolute;left:.9rem;top:.95rem;border:.3rem solid transparent;border-left:.45rem solid var(--dim);border-right:0}
.path[open]>summary::before{transform:rotate(90deg)}
.path .body{padding:.2rem .9rem .7rem 2rem}
.path.shut{border-left-color:var(--ok)}
.path.shut summary b{text-decoration:line-through;text-decoration-thickness:1px}
.state[hidden]{display:none}
.state{display:inline-block;margin-right:.3rem;border:1px solid var(--dim);border-radius:4px;padding:0 .4rem;font-size:.78rem;color:var(--fg)}
.state.open{border-color:var(--c-line)}.state.unknown{border-style:dashed}.state.holds{border-color:var(--ok);border-width:2px}
.steps>li{margin:.45rem 0}
.boundaries{list-style:none;padding:0}
.boundaries>li{margin:.25rem 0}
.fold>summary{cursor:pointer;padding:.3rem 0}
.edit,.steps>li{scroll-margin-top:9.5rem}
@media(max-width:40rem){.bar label{flex:1 1 100%;min-width:0}.bar select{flex:1;min-width:0;width:0;max-width:none}}
@media print{:root,:root[data-theme=dark]{--c-line:#000;--w-line:#000;--i-line:#000;--idle:#999;--box:#fff;--ok:#000}
.drawing{width:100%;margin-left:0;transform:none;overflow:visible}.drawing svg{min-width:0}.path,.edit{break-inside:avoid}.edit input:not(:checked),#chosen,#show-more{display:none}}
`;
