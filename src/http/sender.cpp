#include "http/sender.hpp"

#include <curl/curl.h>

namespace shouyue::http {
namespace {

constexpr std::size_t body_bytes_max = 64 * 1024;
constexpr long connect_seconds_max = 5, seconds_max = 20;

std::size_t take(const char* bytes, std::size_t size, std::size_t count, void* to) {
  std::string& body = *static_cast<std::string*>(to);
  body.append(bytes, std::min(size * count, body_bytes_max - std::min(body.size(), body_bytes_max)));
  return size * count;
}

// The address without its query, which may say something of a person.
std::string place_of(const std::string& address) { return address.substr(0, address.find('?')); }

struct FreeList {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};

}  // namespace

struct Sender::Handle {
  CURL* curl = curl_easy_init();
  Handle() { ensure(curl != nullptr, "memory for a sender"); }
  Handle(const Handle&) = delete;
  Handle& operator=(const Handle&) = delete;
  ~Handle() { curl_easy_cleanup(curl); }
};

Sender::Sender() : handle_(std::make_unique<Handle>()) {}
Sender::~Sender() = default;

Result<Incoming> Sender::send(const Outgoing& request) {
  CURL* curl = handle_->curl;
  curl_easy_reset(curl);  // options only: connections stay
  std::unique_ptr<curl_slist, FreeList> headers(curl_slist_append(nullptr, "Expect:"));
  for (const auto& [name, value] : request.headers) curl_slist_append(headers.get(), (name + ": " + value).c_str());
  Incoming answer;
  curl_easy_setopt(curl, CURLOPT_URL, request.address.c_str());
  curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, connect_seconds_max);
  curl_easy_setopt(curl, CURLOPT_TIMEOUT, seconds_max);
  curl_easy_setopt(curl, CURLOPT_CUSTOMREQUEST, request.method.c_str());
  curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers.get());
  curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body.size()));
  curl_easy_setopt(curl, CURLOPT_POSTFIELDS, request.body.c_str());
  curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, take);
  curl_easy_setopt(curl, CURLOPT_WRITEDATA, &answer.body);
  if (!request.authority_file.empty()) curl_easy_setopt(curl, CURLOPT_CAINFO, request.authority_file.c_str());

  const CURLcode code = curl_easy_perform(curl);
  if (code != CURLE_OK)
    return refuse(Errc::environment, "sender.unreachable",
                  place_of(request.address) + " does not answer: " + curl_easy_strerror(code),
                  place_of(request.address) + " 无应答：" + curl_easy_strerror(code));
  long status = 0;
  curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
  answer.status = static_cast<int>(status);
  return answer;
}

}  // namespace shouyue::http
