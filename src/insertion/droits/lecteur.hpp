// Reads the tables that a pack gives for rights and retention, with the place of what is wrong.
#pragma once

#include "spie/diagnostic.hpp"
#include "spie/feel/value.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace spie::droits {

class Lecteur {
public:
  Lecteur(const feel::Value &value, std::string where) : value_(value), where_(std::move(where)) {}

  [[noreturn]] void refuse(std::string message, std::string_view under = {}) const {
    throw Error({Code::rights_table, Level::error, std::move(message), where_ + std::string(under), {}});
  }
  const std::string &where() const noexcept { return where_; }

  const feel::Value *find(std::string_view key) const {
    if (!value_.is(feel::Kind::context))
      refuse("an object is expected");
    const feel::Value *found = value_.context().find(key);
    return found != nullptr && !found->is_null() ? found : nullptr;
  }
  std::string text(std::string_view key) const {
    const feel::Value *found = find(key);
    if (found == nullptr || !found->is(feel::Kind::text) || found->text().empty())
      refuse("the text '" + std::string(key) + "' is missing");
    return found->text();
  }
  std::string text_or_empty(std::string_view key) const { return find(key) == nullptr ? std::string() : text(key); }
  bool boolean(std::string_view key) const {
    const feel::Value *found = find(key);
    if (found != nullptr && !found->is(feel::Kind::boolean))
      refuse("true or false is expected", "/" + std::string(key));
    return found != nullptr && found->boolean();
  }
  std::optional<std::int64_t> whole(std::string_view key) const {
    const feel::Value *found = find(key);
    if (found == nullptr)
      return std::nullopt;
    const auto number = found->is(feel::Kind::number) ? found->number().to_int64() : std::nullopt;
    if (!number)
      refuse("a whole number is expected", "/" + std::string(key));
    return number;
  }
  // Empty when the key is not there.
  std::vector<std::string> texts(std::string_view key) const {
    std::vector<std::string> result;
    for (const Lecteur &item : items(key)) {
      if (!item.value_.is(feel::Kind::text))
        item.refuse("a text is expected");
      result.push_back(item.value_.text());
    }
    return result;
  }
  std::vector<Lecteur> items(std::string_view key) const {
    std::vector<Lecteur> result;
    const feel::Value *found = find(key);
    const std::string under = "/" + std::string(key);
    if (found != nullptr && !found->is(feel::Kind::list))
      refuse("a list is expected", under);
    if (found != nullptr)
      for (const feel::Value &item : found->list())
        result.emplace_back(item, where_ + under + "/" + std::to_string(result.size()));
    return result;
  }
  // The entries of an object, in their order.
  std::vector<std::pair<std::string, Lecteur>> entries(std::string_view key) const {
    std::vector<std::pair<std::string, Lecteur>> result;
    const feel::Value *found = find(key);
    const std::string under = "/" + std::string(key);
    if (found != nullptr && !found->is(feel::Kind::context))
      refuse("an object is expected", under);
    if (found != nullptr)
      for (const auto &[name, value] : found->context())
        result.emplace_back(name, Lecteur(value, where_ + under + "/" + name));
    return result;
  }
  const feel::Value &value() const noexcept { return value_; }

private:
  const feel::Value &value_;
  std::string where_;
};

} // namespace spie::droits
