/** The style of the HTML report: light and dark, and for paper. Pairs of text and ground have a contrast of 4.5 or more. */
export const HTML_STYLE = `
:root{color-scheme:light;--bg:#fff;--card:#fff;--soft:#f4f6f8;--fg:#1b1f24;--dim:#57606a;--line:#d5dae0;--link:#0b5cad;--mark:#ffe9a8;--critical:#b3131b;--warn:#8a5300;--info:#0b5cad}
@media(prefers-color-scheme:dark){:root:not([data-theme=light]){color-scheme:dark;--bg:#12151a;--card:#1a1e25;--soft:#20252d;--fg:#e6e9ed;--dim:#a9b2bd;--line:#343b46;--link:#7cb7ff;--mark:#5c4a12;--critical:#c42a32;--warn:#8f5a0a;--info:#1d63b3}}
:root[data-theme=dark]{color-scheme:dark;--bg:#12151a;--card:#1a1e25;--soft:#20252d;--fg:#e6e9ed;--dim:#a9b2bd;--line:#343b46;--link:#7cb7ff;--mark:#5c4a12;--critical:#c42a32;--warn:#8f5a0a;--info:#1d63b3}
*{box-sizing:border-box}
body{margin:0;background:var(--bg);color:var(--fg);font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif}
header,main,footer{max-width:60rem;margin:0 auto;padding:0 1.25rem}
header{padding-top:1.75rem}
a{color:var(--link)}
h1{font-size:1.6rem;line-height:1.25;margin:0}
h2{font-size:1.25rem;margin:2.5rem 0 .75rem}
h3{font-size:1rem;margin:0;display:inline;overflow-wrap:anywhere}
section>h3{display:block;margin:1.6rem 0 .4rem}
h3{scroll-margin-top:9.5rem}
h4{font-size:.8rem;color:var(--dim);margin:1rem 0 .15rem;font-weight:600}
p{margin:.25rem 0}
ul{margin:.25rem 0;padding-left:1.25rem}
code,pre{font:.875em/1.55 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}
code,td,li,p,dd{overflow-wrap:anywhere}
p code,li code,td code{background:var(--soft);border-radius:4px;padding:.1em .3em}
pre{margin:.5rem 0;padding:.6rem .8rem;background:var(--soft);border:1px solid var(--line);border-radius:6px;overflow-x:auto}
pre .n{color:var(--dim);user-select:none}
mark{background:var(--mark);color:inherit;border-radius:2px}
.dim{color:var(--dim)}
.jump ul{display:flex;flex-wrap:wrap;gap:.25rem 1.25rem;list-style:none;padding:0;margin:0}
.top{display:flex;gap:1rem;justify-content:space-between;align-items:flex-start}
.skip{position:absolute;left:-99rem}
.skip:focus{left:1rem;top:.5rem;background:var(--card);padding:.5rem}
.sr{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(7.2rem,1fr));gap:.75rem;margin:1.25rem 0}
.tiles div{display:flex;flex-direction:column;justify-content:space-between;border:1px solid var(--line);border-top:4px solid var(--line);border-radius:6px;padding:.6rem .8rem;background:var(--card)}
.tiles .critical{border-top-color:var(--critical)}.tiles .warn{border-top-color:var(--warn)}.tiles .info{border-top-color:var(--info)}
dl,dd{margin:0}
dt{font-size:.875rem;color:var(--dim)}
dd{font-size:1.6rem;font-weight:650;line-height:1.2}
.bar{position:sticky;top:0;z-index:1;background:var(--bg);border-bottom:1px solid var(--line);padding:.6rem 0;display:flex;flex-wrap:wrap;gap:.6rem 1.25rem;align-items:center;margin-bottom:.75rem;box-shadow:0 0 0 100vmax var(--bg);clip-path:inset(0 -100vmax)}
.bar fieldset{border:0;margin:0;padding:0;display:flex;flex-wrap:wrap;gap:.25rem 1rem}
.bar legend{float:left;margin-right:1rem;padding:0}
.bar label{display:inline-flex;gap:.35rem;align-items:center}
.bar .grow{flex:1 1 14rem}.bar .grow input{width:100%;min-width:0}
input,select,button{font:inherit;color:inherit}
input[type=search],select,button{border:1px solid var(--dim);border-radius:6px;background:var(--card);padding:.3rem .6rem}
button{cursor:pointer;white-space:nowrap}
button:hover{background:var(--soft)}
:focus-visible{outline:3px solid var(--link);outline-offset:2px}
.finding{border:1px solid var(--line);border-left:5px solid var(--line);border-radius:6px;background:var(--card);margin:.5rem 0}
.long .finding{content-visibility:auto;contain-intrinsic-size:auto 4.6rem}
.finding.critical{border-left-color:var(--critical)}.finding.warn{border-left-color:var(--warn)}.finding.info{border-left-color:var(--info)}
.finding[hidden]{display:none}
.finding>summary{cursor:pointer;padding:.65rem .9rem .65rem 2rem;position:relative;list-style:none}
.finding>summary::-webkit-details-marker{display:none}
.finding>summary::before{content:"";position:absolute;left:.9rem;top:1.1rem;border:.3rem solid transparent;border-left:.45rem solid var(--dim);border-right:0}
.finding[open]>summary::before{transform:rotate(90deg)}
.finding[open]>summary{border-bottom:1px solid var(--line)}
.finding .body{padding:.6rem .9rem 1rem}
.body>.dim:last-child{margin-top:.8rem;font-size:.875rem}
.where{display:block;font-size:.875rem;color:var(--dim);overflow-wrap:anywhere;margin-top:.2rem}
.badge{display:inline-block;border-radius:4px;padding:.05rem .5rem;font-size:.78rem;font-weight:600;color:#fff;background:var(--dim);margin-right:.5rem}
.badge.critical{background:var(--critical)}.badge.warn{background:var(--warn)}.badge.info{background:var(--info)}
.copied{position:relative}.copied>.copy{position:absolute;right:.5rem;top:.5rem}.copied>pre{padding-right:5rem}
.copy{font-size:.78rem;padding:.05rem .5rem;margin-left:.35rem}
table{border-collapse:collapse;width:100%;font-size:.94rem}
th,td{text-align:left;vertical-align:top;padding:.45rem .6rem;border-bottom:1px solid var(--line)}
th{color:var(--dim);font-weight:600;font-size:.875rem}
footer{color:var(--dim);font-size:.875rem;padding-top:2rem;padding-bottom:2rem}
.no-script .needs-script{display:none}
@media(max-width:40rem){.bar{position:static}thead{display:none}tr,td{display:block}td{padding:.3rem 0;border:0}tr{border-bottom:1px solid var(--line);padding:.4rem 0}.copied>.copy{position:static;margin:0}.copied>pre{padding-right:.8rem}.tiles{grid-template-columns:repeat(2,1fr)}}
@media print{:root,:root[data-theme=dark]{color-scheme:light;--bg:#fff;--card:#fff;--soft:#f4f6f8;--fg:#000;--dim:#444;--line:#bbb;--link:#000;--mark:#eee}
@page{margin:1.5cm}body{font-size:10.5pt}h2,h3,h4{break-after:avoid}.bar,.copy,.skip,.theme,.jump{display:none}.finding{break-inside:avoid}.long .finding{content-visibility:visible}.badge{border:1px solid #000;color:#000;background:none!important}header,main,footer{max-width:none;padding:0}pre{white-space:pre-wrap}}
`;
