#include "base/digest.hpp"

#include <array>

#include <openssl/evp.h>

#include "base/error.hpp"

namespace shouyue {
namespace {

EVP_MD_CTX* as_context(void* context) { return static_cast<EVP_MD_CTX*>(context); }

}  // namespace

void Sha256::Free::operator()(void* context) const { EVP_MD_CTX_free(as_context(context)); }

Sha256::Sha256() : context_(EVP_MD_CTX_new()) {
  ensure(context_ != nullptr, "no memory for SHA-256");
  ensure(EVP_DigestInit_ex(as_context(context_.get()), EVP_sha256(), nullptr) == 1, "SHA-256 not available");
}

void Sha256::add(std::string_view bytes) {
  ensure(EVP_DigestUpdate(as_context(context_.get()), bytes.data(), bytes.size()) == 1, "SHA-256 update failed");
}

std::string Sha256::hex() {
  std::array<unsigned char, EVP_MAX_MD_SIZE> sum{};
  unsigned size = 0;
  ensure(EVP_DigestFinal_ex(as_context(context_.get()), sum.data(), &size) == 1, "SHA-256 final failed");
  constexpr std::string_view digits = "0123456789abcdef";
  std::string result;
  result.reserve(2 * size);
  for (unsigned i = 0; i < size; ++i) {
    result += digits[sum[i] >> 4];
    result += digits[sum[i] & 15];
  }
  return result;
}

std::string sha256_hex(std::string_view bytes) {
  Sha256 sum;
  sum.add(bytes);
  return sum.hex();
}

}  // namespace shouyue
