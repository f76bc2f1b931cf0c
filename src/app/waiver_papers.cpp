#include "app/waiver_papers.hpp"

#include <algorithm>

namespace shouyue::app {
namespace {

std::string subject_of(int n, const std::string& paper) { return "exception " + std::to_string(n) + " " + paper; }

std::unexpected<Error> no_such_paper(const std::string& paper) {
  return refuse(Errc::not_found, "exception.no_such_paper",
                "the rule book asks for no paper '" + paper + "' with this request",
                "制度没有要求随该申请提交“" + paper + "”");
}

const regime::Waiver* waiver_of(const LoadedPolicy& policy) {
  const auto& waiver = policy.books->visits->followup->waiver;
  return waiver ? &*waiver : nullptr;
}

}  // namespace

Result<Attachment> hand_in_paper(Session& session, PolicyDeriver& deriver, const access::Account& account,
                                 const NewPaper& paper) {
  const auto is_asked_for = [&]() -> Result<void> {
    const ExceptionRow row = SHOUYUE_TRY(own_open_request(session, deriver, account, paper.policy_no, paper.n));
    if (row.kind != insurer::ExceptionKind::waiver) return no_such_paper(paper.paper);
    const LoadedPolicy policy = SHOUYUE_TRY(deriver.read(paper.policy_no, session.now));
    const regime::Waiver* waiver = waiver_of(policy);
    if (!waiver || std::ranges::find(waiver->papers, paper.paper, &regime::WaiverPaper::id) == waiver->papers.end())
      return no_such_paper(paper.paper);
    return {};
  };
  return attach(session,
                {.policy_no = paper.policy_no,
                 .subject = subject_of(paper.n, paper.paper),
                 .name = paper.name,
                 .content = paper.content},
                is_asked_for);
}

Result<AttachmentContent> read_paper(Session& session, PolicyDeriver& deriver, const access::Account& account,
                                     const PaperAsked& asked) {
  const ExceptionView view = SHOUYUE_TRY(exception_view(session, deriver, account, asked.policy_no, asked.n));
  for (const ExceptionPaper& paper : view.papers)
    for (const Attachment& file : paper.files)
      if (file.attachment_id == asked.attachment_id)
        return read_attachment(session, asked.policy_no, asked.attachment_id);
  return refuse(Errc::not_found, "attachments.not_found", "no such paper was handed in with this request",
                "该申请没有这个附件");
}

Result<std::vector<ExceptionPaper>> papers_of(Session& session, const LoadedPolicy& policy, int n) {
  std::vector<ExceptionPaper> papers;
  const regime::Waiver* waiver = waiver_of(policy);
  if (!waiver) return papers;
  for (const regime::WaiverPaper& paper : waiver->papers)
    papers.push_back(
        {.paper = &paper, .files = SHOUYUE_TRY(attachments_of(session, policy.policy_no, subject_of(n, paper.id)))});
  return papers;
}

Result<void> require_papers(Session& session, const LoadedPolicy& policy, int n) {
  std::string zh, en;
  for (const ExceptionPaper& paper : SHOUYUE_TRY(papers_of(session, policy, n))) {
    if (!paper.files.empty()) continue;
    zh += (zh.empty() ? "" : "、") + paper.paper->clause.title;
    en += (en.empty() ? "" : ", ") + paper.paper->clause.title_en;
  }
  if (zh.empty()) return {};
  return refuse(Errc::rule_broken, "exception.papers_missing", "hand in first: " + en, "请先提交：" + zh);
}

}  // namespace shouyue::app
