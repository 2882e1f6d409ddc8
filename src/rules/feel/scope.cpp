#include "rules/feel/text.hpp"
#include "spie/feel/expression.hpp"

#include <algorithm>

namespace spie::feel {

namespace {

// Walks the parts of a name: words and symbols.
template <typename Visit> void each_part(std::string_view text, Visit visit) {
  std::size_t position = skip_space(text, 0);
  while (position < text.size()) {
    std::size_t end = word_end(text, position);
    const bool word = end > position;
    if (!word)
      end = position + code_point_at(text, position).length;
    visit(text.substr(position, end - position), word);
    position = skip_space(text, end);
  }
}

} // namespace

std::string canonical_name(std::string_view text) {
  std::string result;
  bool after_word = false;
  each_part(text, [&](std::string_view part, bool word) {
    if (word && after_word)
      result += ' ';
    result += part;
    after_word = word;
  });
  return result;
}

void Scope::note(std::string_view canonical) {
  std::size_t parts = 0;
  each_part(canonical, [&](std::string_view, bool) { ++parts; });
  longest_ = std::max(longest_, parts);
}

void Scope::add_words_of(const Type &type, int depth) {
  if (depth > 16)
    return;
  if (type.kind() == Type::Kind::list || type.kind() == Type::Kind::range)
    return add_words_of(type.element(), depth + 1);
  if (type.kind() == Type::Kind::function && type.has_signature())
    return add_words_of(type.result(), depth + 1);
  if (type.kind() != Type::Kind::context)
    return;
  for (const auto &[name, member] : type.members()) {
    add_word(name);
    add_words_of(member, depth + 1);
  }
}

void Scope::add_variable(std::string_view name, Type type, std::uint32_t slot) {
  const std::string key = canonical_name(name);
  note(key);
  add_words_of(type);
  entries_[key] = Entry{std::move(type), slot, nullptr};
}

void Scope::add_function(std::string_view name, const Function &function) {
  const std::string key = canonical_name(name);
  note(key);
  Type type = function.type();
  add_words_of(type);
  entries_[key] = Entry{std::move(type), 0, &function};
}

void Scope::add_type(std::string_view name, Type type) {
  const std::string key = canonical_name(name);
  note(key);
  add_words_of(type);
  types_[key] = std::move(type);
}

void Scope::add_word(std::string_view name) {
  std::string key = canonical_name(name);
  note(key);
  words_[std::move(key)] = true;
}

const Scope::Entry *Scope::find(std::string_view canonical) const {
  const auto found = entries_.find(std::string(canonical));
  return found == entries_.end() ? nullptr : &found->second;
}

const Type *Scope::find_type(std::string_view canonical) const {
  const auto found = types_.find(std::string(canonical));
  return found == types_.end() ? nullptr : &found->second;
}

bool Scope::has_word(std::string_view canonical) const { return words_.contains(std::string(canonical)); }

std::vector<std::string> Scope::names() const {
  std::vector<std::string> result;
  for (const auto &[name, entry] : entries_)
    result.push_back(name);
  std::sort(result.begin(), result.end());
  return result;
}

} // namespace spie::feel
