#pragma once

#include <algorithm>
#include <functional>
#include <vector>

namespace shouyue::worklist {

// Small keys in order, in sorted blocks that lie in one piece of memory each: read in order as fast as an array,
// changed at the cost of moving part of one block. Each key stands in it once.
template <class Key>
class OrderedBlocks {
 public:
  // In place of what it holds.
  void assign(std::vector<Key> keys) {
    std::ranges::sort(keys, std::less());
    blocks_.clear();
    for (auto from = keys.begin(); from != keys.end();) {
      const auto to = from + std::min<std::ptrdiff_t>(filled, keys.end() - from);
      blocks_.emplace_back(from, to);
      from = to;
    }
    size_ = keys.size();
  }

  void insert(const Key& key) {
    ++size_;
    if (blocks_.empty()) {
      blocks_.push_back({key});
      return;
    }
    auto block = block_of(key);
    if (block == blocks_.end()) --block;
    block->insert(std::ranges::lower_bound(*block, key, std::less()), key);
    if (static_cast<std::ptrdiff_t>(block->size()) < 2 * filled) return;
    std::vector<Key> upper(block->begin() + filled, block->end());
    block->resize(filled);
    blocks_.insert(block + 1, std::move(upper));
  }

  // `key` must be there.
  void erase(const Key& key) {
    --size_;
    const auto block = block_of(key);
    block->erase(std::ranges::lower_bound(*block, key, std::less()));
    if (block->empty()) blocks_.erase(block);
  }

  bool empty() const { return size_ == 0; }
  std::size_t size() const { return size_; }
  const Key& front() const { return blocks_.front().front(); }

  // In order, until `take` says false.
  template <class Take>
  void each(Take take) const {
    for (const std::vector<Key>& block : blocks_)
      for (const Key& key : block)
        if (!take(key)) return;
  }

 private:
  static constexpr std::ptrdiff_t filled = 256;  // keys of a block after building; it is split at twice as many

  // The block that has the key or would take it.
  auto block_of(const Key& key) {
    return std::ranges::lower_bound(blocks_, key, std::less(),
                                    [](const auto& block) -> const Key& { return block.back(); });
  }

  std::vector<std::vector<Key>> blocks_;  // none of them empty
  std::size_t size_ = 0;
};

}  // namespace shouyue::worklist
