// Texts that a step makes, each once: the dictionary of a lane that no column gives.
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace spie::columns {

class MadeTexts {
public:
  std::int32_t code_of(const std::string &text) {
    if (const auto known = codes_.find(text); known != codes_.end())
      return known->second;
    const auto code = static_cast<std::int32_t>(views_.size());
    views_.emplace_back(texts_.emplace_back(text));
    codes_.emplace(views_.back(), code);
    return code;
  }
  const std::vector<std::string_view> &dictionary() const noexcept { return views_; }
  void clear() {
    codes_.clear();
    views_.clear();
    texts_.clear();
  }

private:
  std::deque<std::string> texts_;
  std::vector<std::string_view> views_;
  std::unordered_map<std::string_view, std::int32_t> codes_;
};

} // namespace spie::columns
