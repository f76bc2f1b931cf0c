#pragma once

#include <string_view>

namespace shouyue::report {

// Text and lines on white keep a contrast of at least 4.5 : 1. The language switch is two radio buttons before <main>.
inline constexpr std::string_view style_sheet = R"css(
:root{--ink:#1b2733;--soft:#55636f;--rule:#d5dce2;--blue:#0b5fa5;--orange:#a84300}
*{box-sizing:border-box}
body{margin:0;background:#eef1f4;color:var(--ink);
font:15px/1.55 "Noto Sans SC","Noto Sans CJK SC","PingFang SC","Microsoft YaHei",sans-serif}
main{max-width:1000px;margin:24px auto;padding:28px 40px;background:#fff;border:1px solid var(--rule);border-radius:6px}
input[name=language]{position:absolute;opacity:0}
#in-zh:checked~main [lang=en],#in-en:checked~main [lang=zh]{display:none}
nav{float:right;display:flex;border:1px solid var(--rule);border-radius:4px;overflow:hidden}
nav label{padding:2px 12px;font-size:13px;cursor:pointer;color:var(--soft)}
#in-zh:checked~main label[for=in-zh],#in-en:checked~main label[for=in-en]{background:var(--blue);color:#fff}
#in-zh:focus-visible~main label[for=in-zh],
#in-en:focus-visible~main label[for=in-en]{outline:3px solid #e69f00;outline-offset:-3px}
h1{font-size:23px;line-height:1.35;margin:0 0 6px}
h2{font-size:18px;margin:0 0 2px}
h3{font-size:15px;margin:18px 0 4px;break-after:avoid}
.lead{margin:0 0 10px;color:var(--soft);font-size:13.5px}
section{margin-top:30px;padding-top:18px;border-top:1px solid var(--rule);break-inside:avoid}
.tiles{display:grid;grid-template-columns:repeat(4,1fr);gap:12px;margin-top:18px}
.tile{border:1px solid var(--rule);border-radius:6px;padding:10px 12px}
.tile-label{font-size:13px;color:var(--soft)}
.figure{font-size:23px;font-weight:600;font-variant-numeric:tabular-nums;overflow-wrap:anywhere}
.tile .base,tspan.base{color:var(--soft);fill:var(--soft);font-size:12.5px;font-weight:400}
table{border-collapse:collapse;width:100%;font-size:14px;font-variant-numeric:tabular-nums}
th,td{padding:4px 8px;border-bottom:1px solid var(--rule);text-align:left;vertical-align:baseline}
thead th{color:var(--soft);font-weight:500;font-size:13px}
thead{display:table-header-group}
tr{break-inside:avoid}
th.n,td.n{text-align:right;white-space:nowrap}
.wide{overflow-x:auto}
tr.sum td,tr.base td,tr.total td{background:#f4f6f8}
tr.sum td{border-top:2px solid var(--soft);font-weight:600}
tr.difference td{background:#fdeee4;color:var(--orange);font-weight:600}
td.good{background:#e3f3ea;color:#00573f}td.warning{background:#fff0c2;color:#5c4300}
td.bad{background:#fbdfd9;color:#8c0f2d}
td.muted{color:var(--soft)}
.sentences{margin:8px 0;padding-left:22px}.sentences li{margin:3px 0}
details summary{cursor:pointer;color:var(--blue);font-size:13.5px}
.strong{font-weight:600}
.group th{background:#f4f6f8;font-weight:600}
.empty{color:var(--soft);font-style:italic}
svg{display:block;width:100%;max-width:860px;height:auto;margin:6px 0 12px;font-size:13px;
font-variant-numeric:tabular-nums}
svg text{fill:var(--ink)}
svg .tick,svg tspan.base{fill:var(--soft);font-size:12px}
.end{text-anchor:end}.middle{text-anchor:middle}
.grid{stroke:var(--rule)}.rule{stroke:var(--orange);stroke-dasharray:5 3}
.off{fill:#edf0f3}
.c1{fill:#0072b2}.c1.light{fill:#7fb2d3}.c2{fill:#c04d00}
.line1{fill:none;stroke:#0072b2;stroke-width:2}.line2{fill:none;stroke:#c04d00;stroke-width:2;stroke-dasharray:6 3}
svg .t1{fill:#0072b2}svg .t2{fill:#c04d00}
.c3{fill:#009e73}.c4{fill:#8a3b00}.c5{fill:#9fd4f5}.c6{fill:#f0c242}.c7{fill:url(#hatch)}
svg .inside{font-size:12px;font-weight:600}
svg .on-c3,svg .on-c5,svg .on-c6,svg .on-c7{fill:#10202c}svg .on-c4{fill:#fff}
svg .on-c7{paint-order:stroke;stroke:#fff;stroke-width:4px}
.patterns{position:absolute;width:0;height:0}
@media (max-width:720px){main{margin:0;padding:16px}.tiles{grid-template-columns:repeat(2,1fr)}}
@media print{@page{size:A4;margin:14mm}
body{background:#fff;font-size:10.5pt}main{max-width:none;margin:0;padding:0;border:0}nav{display:none}
section{margin-top:18px;padding-top:12px;break-inside:auto}h2,.lead,svg{break-after:avoid}svg,.tiles{break-inside:avoid}
.wide{overflow:visible}table{font-size:9pt}th,td{padding:2px 4px}th.n{white-space:normal}td:not(.n){min-width:4.5em}
tr.sum,tr.difference,tr.base,tr.total{break-before:avoid}
*{-webkit-print-color-adjust:exact;print-color-adjust:exact}}
)css";

// The mark of what is overdue: readable without colour.
inline constexpr std::string_view hatch_pattern =
    R"svg(<svg class="patterns" aria-hidden="true"><defs>
<pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
<rect width="6" height="6" fill="#fbe3dd"/><rect width="3" height="6" fill="#b3123a"/></pattern></defs></svg>
)svg";

}  // namespace shouyue::report
