#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace shouyue {

// SHA-256 of bytes that come in pieces.
class Sha256 {
 public:
  Sha256();
  void add(std::string_view bytes);
  // 64 lower-case hexadecimal digits. Call once, last.
  std::string hex();

 private:
  struct Free {
    void operator()(void* context) const;
  };
  std::unique_ptr<void, Free> context_;
};

// SHA-256 of `bytes`: 64 lower-case hexadecimal digits.
std::string sha256_hex(std::string_view bytes);

}  // namespace shouyue
