#pragma once

#include <filesystem>

#include "app/exceptions.hpp"

// The papers that a rule book asks for with a request for a waiver. Handing one in and reading one are in the audit
// journal.
namespace shouyue::app {

struct NewPaper {
  std::string policy_no;
  int n = 0;          // of the request
  std::string paper;  // its id in the rule book
  std::string name;   // as the person who hands it in calls the file
  std::filesystem::path content;
};
// By who asks, until it is decided. Errors: exception.not_found, exception.not_yours, exception.already_decided,
// exception.no_such_paper, those of attach.
Result<Attachment> hand_in_paper(Session& session, PolicyDeriver& deriver, const access::Account& account,
                                 const NewPaper& paper);

struct PaperAsked {
  std::string policy_no;
  int n = 0;
  std::string attachment_id;
};
// Errors: exception.not_found, those of read_attachment.
Result<AttachmentContent> read_paper(Session& session, PolicyDeriver& deriver, const access::Account& account,
                                     const PaperAsked& asked);

// What the policy's rule book asks for, with what was handed in. Errors: those of the store.
Result<std::vector<ExceptionPaper>> papers_of(Session& session, const LoadedPolicy& policy, int n);
// Errors: exception.papers_missing.
Result<void> require_papers(Session& session, const LoadedPolicy& policy, int n);

}  // namespace shouyue::app
