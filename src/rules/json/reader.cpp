#include "rules/json/reader.hpp"

#include "text/suggestion.hpp"

#include <algorithm>

namespace spie::json {

namespace {

const feel::Value nothing;

} // namespace

Reader::Reader(const feel::Value &value, std::string where, Faults faults)
    : value_(&value), where_(std::move(where)), faults_(faults) {
  if (where_.ends_with('/'))
    slash_ = "";
  else if (!where_.empty() && where_.front() != '/' && where_.find('#') == std::string::npos)
    slash_ = "#/";
}

void Reader::add(Diagnostic fault) const {
  if (faults_.into == nullptr)
    throw Error(std::move(fault));
  if (faults_.into->size() < faults_.most)
    faults_.into->push_back(std::move(fault));
}

void Reader::fault(std::string message, Code code, Level level) const {
  add({code, level, std::move(message), where_, {}});
}

void Reader::fault(std::string message, std::string remedy, std::string expected) const {
  add({faults_.code, Level::error, std::move(message), where_, std::move(remedy), {}, std::move(expected)});
}

void Reader::refuse(std::string message, std::string_view under) const {
  throw Error({faults_.code, Level::error, std::move(message), where_ + std::string(under), {}});
}

void Reader::keys(std::initializer_list<std::string_view> known) const {
  if (!is_context())
    return;
  for (const auto &[key, value] : value_->context())
    if (std::find(known.begin(), known.end(), key) == known.end())
      member(key, value)
          .fault(unknown("key", key, std::vector<std::string>(known.begin(), known.end())), faults_.code,
                 faults_.unknown_key);
}

const feel::Value *Reader::look_up(std::string_view key) const {
  return is_context() ? value_->context().find(key) : nullptr;
}

bool Reader::has(std::string_view key) const {
  const feel::Value *found = look_up(key);
  return found != nullptr && !found->is_null();
}

Reader Reader::member(std::string_view key, const feel::Value &value) const {
  Reader found = as(value);
  found.where_.append(slash_).append(key);
  found.slash_ = "/";
  return found;
}

Reader Reader::as(const feel::Value &value) const {
  Reader other = *this;
  other.value_ = &value;
  return other;
}

Reader Reader::at(std::string_view key) const {
  const feel::Value *found = look_up(key);
  if (!is_context())
    fault("an object is expected here");
  else if (found == nullptr)
    fault("the key '" + std::string(key) + "' is missing");
  return member(key, found == nullptr ? nothing : *found);
}

std::optional<Reader> Reader::find(std::string_view key) const {
  if (!is_context())
    fault("an object is expected here");
  const feel::Value *found = look_up(key);
  return found == nullptr || found->is_null() ? std::nullopt : std::optional(member(key, *found));
}

std::size_t Reader::size() const {
  if (value_->is(feel::Kind::list))
    return value_->list().size();
  fault("a list is expected here");
  return 0;
}

Reader Reader::item(std::size_t index) const { return member(std::to_string(index), value_->list().at(index)); }

std::vector<Reader> Reader::items() const {
  std::vector<Reader> result;
  const std::size_t count = size();
  for (std::size_t i = 0; i < count; ++i)
    result.push_back(item(i));
  return result;
}

std::vector<std::pair<std::string, Reader>> Reader::entries() const {
  std::vector<std::pair<std::string, Reader>> result;
  if (!is_context())
    fault("an object is expected here");
  else
    for (const auto &[key, value] : value_->context())
      result.emplace_back(key, member(key, value));
  return result;
}

std::vector<Reader> Reader::items(std::string_view key) const {
  const auto found = find(key);
  return found ? found->items() : std::vector<Reader>();
}

std::vector<std::pair<std::string, Reader>> Reader::entries(std::string_view key) const {
  const auto found = find(key);
  return found ? found->entries() : std::vector<std::pair<std::string, Reader>>();
}

std::string Reader::as_text() const {
  if (value_->is(feel::Kind::text))
    return value_->text();
  fault("a text is expected here");
  return {};
}

std::string Reader::text(std::string_view key) const {
  if (!holds(key)) {
    fault("the key '" + std::string(key) + "' is missing");
    return {};
  }
  const Reader found = at(key);
  if (!found.value().is(feel::Kind::text))
    told(found).fault("a text is expected under '" + std::string(key) + "'");
  else if (found.value().text().empty())
    told(found).fault("'" + std::string(key) + "' is empty");
  else
    return found.value().text();
  return {};
}

std::string Reader::text_or_empty(std::string_view key) const { return has(key) ? at(key).as_text() : std::string(); }

std::string Reader::text_if_any(std::string_view key) const { return has(key) ? text(key) : std::string(); }

std::vector<std::string> Reader::texts(std::string_view key) const {
  std::vector<std::string> result;
  for (const Reader &item : items(key))
    result.push_back(item.as_text());
  return result;
}

bool Reader::boolean(std::string_view key) const {
  const auto found = find(key);
  if (found && !found->value().is(feel::Kind::boolean))
    found->fault("true or false is expected here");
  return found && found->value().is_true();
}

std::optional<std::int64_t> Reader::whole(std::string_view key) const {
  const auto found = find(key);
  if (!found)
    return std::nullopt;
  const auto number = found->value().is(feel::Kind::number) ? found->value().number().to_int64() : std::nullopt;
  if (!number)
    found->fault("a whole number is expected here");
  return number;
}

feel::Number Reader::number(std::string_view key) const {
  if (!holds(key)) {
    fault("the key '" + std::string(key) + "' is missing");
    return {};
  }
  const Reader found = at(key);
  if (found.value().is(feel::Kind::number))
    return found.value().number();
  if (found.value().is(feel::Kind::text))
    if (const auto number = feel::Number::parse(found.value().text()))
      return *number;
  told(found).fault("a number is expected under '" + std::string(key) + "'");
  return {};
}

std::optional<feel::Date> Reader::as_date() const {
  if (value_->is(feel::Kind::date))
    return value_->date();
  if (value_->is(feel::Kind::text))
    if (const auto date = feel::Date::parse(value_->text()))
      return date;
  fault("a date such as \"2022-06-01\" is expected here");
  return std::nullopt;
}

std::optional<feel::Date> Reader::date(std::string_view key) const { return at(key).as_date(); }

} // namespace spie::json
