#include "rules/pack/reader.hpp"

#include "text/suggestion.hpp"

#include <algorithm>

namespace spie::pack {

namespace {

const feel::Value nothing;

} // namespace

void Reader::keys(std::initializer_list<std::string_view> known) const {
  if (!is_context())
    return;
  for (const auto &[key, value] : value_->context()) {
    if (std::find(known.begin(), known.end(), key) != known.end())
      continue;
    member(key, value)
        .fault("unknown key '" + key + "'" + suggestion(key, std::vector<std::string>(known.begin(), known.end())),
               Code::pack_json, Level::warning);
  }
}

bool Reader::is_context() const { return value_->is(feel::Kind::context); }

bool Reader::has(std::string_view key) const {
  if (!is_context())
    return false;
  const feel::Value *found = value_->context().find(key);
  return found != nullptr && !found->is_null();
}

Reader Reader::member(std::string_view key, const feel::Value &value) const {
  // A file's name is followed by the pointer's '#'; facts have no file, their place is the pointer alone.
  const bool file = !where_.empty() && where_.front() != '/' && where_.find('#') == std::string::npos;
  return {value, where_ + (file ? "#/" : "/") + std::string(key), *findings_};
}

Reader Reader::at(std::string_view key) const {
  if (!is_context()) {
    fault("an object is expected here");
    return member(key, nothing);
  }
  const feel::Value *found = value_->context().find(key);
  if (found == nullptr)
    fault("the key '" + std::string(key) + "' is missing");
  return member(key, found == nullptr ? nothing : *found);
}

Reader Reader::item(std::size_t index) const { return member(std::to_string(index), value_->list().at(index)); }

std::size_t Reader::size() const {
  if (value_->is(feel::Kind::list))
    return value_->list().size();
  fault("a list is expected here");
  return 0;
}

std::string Reader::as_text() const {
  if (value_->is(feel::Kind::text))
    return value_->text();
  fault("a text is expected here");
  return {};
}

std::string Reader::text(std::string_view key) const {
  if (!is_context() || value_->context().find(key) == nullptr) {
    fault("the key '" + std::string(key) + "' is missing");
    return {};
  }
  const Reader found = at(key);
  const std::string content = found.as_text();
  if (content.empty() && found.value().is(feel::Kind::text))
    found.fault("'" + std::string(key) + "' is empty");
  return content;
}

std::string Reader::text_or_empty(std::string_view key) const { return has(key) ? at(key).as_text() : std::string(); }

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

void Reader::fault(std::string message, Code code, Level level) const {
  findings_->push_back({code, level, std::move(message), where_});
}

bool is_plain_name(std::string_view name) noexcept {
  if (name.empty() || name.size() > 200 || name.front() == '.')
    return false;
  return std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '_' ||
           c == '-';
  });
}

} // namespace spie::pack
