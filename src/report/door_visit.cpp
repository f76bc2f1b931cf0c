#include "report/door_visit.hpp"

#include "report/html.hpp"

namespace shouyue::report {
namespace {

std::string tried_table(const std::vector<Tried>& tried) {
  if (tried.empty()) return paragraph("尚无回访记录。");
  std::string html =
      "<table>\n<thead><tr><th>时间</th><th>环节</th><th>电话</th><th>未成功原因</th><th>经办人</th></tr></thead>\n";
  for (const Tried& attempt : tried)
    html += "<tr><td>" + escaped(attempt.at) + "</td><td>" + escaped(attempt.leg) + "</td><td>" +
            escaped(attempt.phone) + "</td><td>" + escaped(attempt.why) + "</td><td>" + escaped(attempt.who) +
            "</td></tr>\n";
  return html + "</table>\n";
}

}  // namespace

std::string door_visit_html(const DoorVisit& visit) {
  std::string body = paper_head(visit.insurer, "上门回访工单",
                                {{"工单号", visit.number}, {"办理机构", visit.office}, {"开单日期", visit.date}});
  std::vector<Labelled> limits{{"完成时限", visit.due_on}, {"销售业务员", visit.agent_name + "（不得由其上门）"}};
  if (visit.agent_name.empty()) limits[1].text.clear();
  body += particulars(limits);
  body += "<h2>一、联系资料</h2>\n" + particulars(visit.contact);
  body += "<h2>二、保单信息</h2>\n" + particulars(visit.policy);
  body += "<h2>三、此前的回访</h2>\n" + tried_table(visit.tried);
  body += "<h2>四、回访内容（请在相应方框内打“√”）</h2>\n" + question_boxes(visit.questions);
  body +=
      "<div class=\"sign\"><h2>五、上门记录</h2>\n" + blanks({"上门时间", "上门地点"}) + blanks({"上门人员", "工号"}) +
      "<div class=\"blanks\"><div>见到投保人本人：　□ 是　　□ 否</div><div>证件核对：　□ 相符　　□ 不符</div></div>\n" +
      blanks({"未完成原因或客户意见"}) + "</div>\n";
  body += "<div class=\"strip\"><h2>六、投保人回执</h2>\n" +
          paragraph("本人已当面接受上述保单的回访，以上回答由本人作出。本人同意公司通过下列电话核实此次上门。") +
          blanks({"投保人签名", "联系电话", "日期"}) + "</div>\n";
  body +=
      "<div class=\"strip\"><h2>七、机构复核</h2>\n"
      "<div class=\"blanks\"><div>电话核实上门属实：　□ 是　　□ 否</div><div>签名核对：　□ 相符　　□ 不符</div>"
      "<div>扫描留底：　□ 已完成</div></div>\n" +
      blanks({"核实人", "核实时间", "主管签名"}) + "</div>\n";
  const std::string title = "上门回访工单 " + visit.number;
  return papers(title, {{.footer = title, .body = std::move(body)}});
}

}  // namespace shouyue::report
