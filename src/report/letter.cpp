#include "report/letter.hpp"

#include "report/html.hpp"

namespace shouyue::report {
namespace {

std::string letter_body(const Letter& letter) {
  std::string body = paper_head(letter.insurer, letter.title, {{"保单号", letter.policy_no}, {"日期", letter.date}});
  if (!letter.address.empty()) body += "<div class=\"address\">" + escaped(letter.address) + "</div>\n";
  body += "<p class=\"to\">尊敬的" + escaped(letter.holder) + "：</p>\n";
  for (const std::string& text : letter.opening) body += paragraph(text);
  body += "<h2>保单信息</h2>\n" + particulars(letter.policy);
  body += "<h2>请逐项核对，并在相应方框内打“√”</h2>\n" + question_boxes(letter.questions);
  body += "<h2>如有疑问或其他意见，请写明</h2>\n" + blanks({""}) + blanks({""});
  body += "<div class=\"closing\">\n";
  for (const std::string& text : letter.closing) body += paragraph(text);
  body += "</div>\n<div class=\"sign\">" + blanks({"投保人签名", "联系电话", "签名日期"});
  body += "<div class=\"sender\">" + escaped(letter.insurer) +
          (letter.office.empty() ? "" : "　" + escaped(letter.office)) + "</div></div>\n";
  body +=
      "<div class=\"strip\">本栏由公司填写" + blanks({"寄出日期", "收回日期", "经办人"}) +
      "<div class=\"blanks\"><div>签名与投保单核对：　□ 相符　　□ 不符</div><div>归档编号：<i></i></div></div></div>\n";
  return body;
}

}  // namespace

std::string letters_html(const std::vector<Letter>& letters) {
  std::vector<Paper> list;
  for (const Letter& letter : letters)
    list.push_back({.footer = letter.title + "　保单号 " + letter.policy_no, .body = letter_body(letter)});
  return papers(letters.empty() ? "" : letters.front().title, list);
}

}  // namespace shouyue::report
