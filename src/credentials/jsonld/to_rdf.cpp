#include "credentials/jsonld/to_rdf.hpp"

#include "credentials/jsonld/active.hpp"
#include "credentials/jsonld/iri.hpp"
#include "credentials/told.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace spie::credentials::jsonld {

namespace {

using feel::Kind;
using feel::Value;
using rdf::Term;

constexpr std::size_t most_statements = 100'000;
constexpr std::string_view rdf_ns = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
constexpr std::string_view xsd_ns = "http://www.w3.org/2001/XMLSchema#";

std::string rdf_name(std::string_view name) { return std::string(rdf_ns) += name; }
std::string xsd_name(std::string_view name) { return std::string(xsd_ns) += name; }

// Where the walk is, as it goes down: written out only when something is told.
struct Place {
  const Place *up;
  std::string_view key;
  std::size_t index = 0;
  bool is_item = false;
  bool is_free = false; // of any property: what stands here says nothing unless it is a node

  void append_to(std::string &pointer) const {
    if (up != nullptr)
      up->append_to(pointer);
    if (is_item)
      pointer += '/' + std::to_string(index);
    else if (up != nullptr)
      append_step(pointer, key);
  }
};

// xsd:double in its canonical form, with the sixteen digits that JSON-LD gives it: "1.5E0".
std::string canonical_double(double value) {
  std::array<char, 40> buffer{};
  const auto [end, fault] =
      std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, std::chars_format::scientific, 15);
  std::string_view text(buffer.data(), static_cast<std::size_t>(end - buffer.data()));
  const std::size_t mark = text.find('e');
  std::string mantissa(text.substr(0, mark));
  mantissa.erase(mantissa.find_last_not_of('0') + 1);
  if (mantissa.back() == '.')
    mantissa += '0';
  std::string exponent(text.substr(mark + 1));
  const bool negative = exponent[0] == '-';
  exponent.erase(0, std::min(exponent.find_first_not_of("+-0"), exponent.size()));
  return mantissa + 'E' + (negative && !exponent.empty() ? "-" : "") + (exponent.empty() ? "0" : exponent);
}

bool is_language(std::string_view tag) {
  return !tag.empty() && tag.front() != '-' && tag.back() != '-' && std::all_of(tag.begin(), tag.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
  });
}

class Walk {
public:
  Walk(const Source &source, const Contexts &contexts, bool open, const std::string &base)
      : source_(source), registry_(contexts.registry()), open_(open), processor_(registry_, open, base) {}

  Statements run() {
    const Place root{nullptr, {}, 0, false, true};
    if (source_.document.is(Kind::list)) {
      if (!open_)
        refuse(Code::badge_structure, "a document is an object", root);
    } else if (!source_.document.is(Kind::context)) {
      refuse(Code::badge_structure, "a document is an object", root);
    }
    std::vector<Term> terms;
    objects(source_.document, processor_.initial(), nullptr, nullptr, root, terms);
    return std::move(result_);
  }

private:
  struct Entry {
    std::string_view key;
    const Value *value;
    const Definition *definition; // of the key
    std::string iri;              // or keyword, or empty
  };

  std::string pointer(const Place &place) const {
    std::string out = source_.pointer;
    place.append_to(out);
    return out;
  }
  [[noreturn]] void refuse(Code code, std::string message, const Place &place, std::string details = {}) const {
    throw Error({code, Level::error, std::move(message), pointer(place), {}, std::move(details)});
  }
  [[noreturn]] void unsupported(std::string_view construct, const Place &place) const {
    refuse(Code::badge_unsupported, "the construct " + std::string(construct) + " is not supported", place,
           std::string(construct));
  }
  // What an open reading drops without a word.
  void lost(Code code, std::string message, const Place &place, std::string details = {}) const {
    if (!open_)
      refuse(code, std::move(message), place, std::move(details));
  }

  Term fresh() { return {Term::Kind::blank, "b" + std::to_string(blanks_++)}; }
  void state(Term subject, std::string predicate, Term object, const Term *graph) {
    if (result_.dataset.size() >= most_statements)
      throw Error({Code::badge_limit, Level::error, "a document makes too many statements", {}});
    result_.dataset.push_back({std::move(subject),
                               {Term::Kind::iri, std::move(predicate)},
                               std::move(object),
                               graph == nullptr ? std::nullopt : std::optional(*graph)});
  }

  // An address or a blank node that names a node; nothing when it is dropped.
  std::optional<Term> node_of(const Active &active, std::string_view text, bool as_term, const Place &place) {
    std::string iri = processor_.expand(active, text, true, as_term);
    if (iri.starts_with("_:")) {
      auto [known, added] = named_.try_emplace(iri, Term{});
      if (added)
        known->second = fresh();
      return known->second;
    }
    if (!is_absolute(iri)) {
      lost(Code::badge_vocabulary, "not an absolute address: " + cut(text), place, cut(text));
      return std::nullopt;
    }
    return Term{Term::Kind::iri, std::move(iri)};
  }

  Term json_literal(const Value &value, const Place &place) {
    return {Term::Kind::literal, canonical_json(value, source_.digits, pointer(place)), rdf_name("JSON")};
  }

  Term native(const Value &value, const std::string &type, const Place &place) {
    if (value.is(Kind::text))
      return {Term::Kind::literal, value.text(), type};
    if (value.is(Kind::boolean))
      return {Term::Kind::literal, value.boolean() ? "true" : "false", type.empty() ? xsd_name("boolean") : type};
    const auto written = source_.digits == nullptr ? Digits::const_iterator() : source_.digits->find(pointer(place));
    const double number = source_.digits != nullptr && written != source_.digits->end()
                              ? double_of(written->second)
                              : double_of(value.number().to_string());
    if (!std::isfinite(number))
      refuse(Code::badge_structure, "a number that no double holds", place);
    if (number == std::trunc(number) && std::abs(number) < 1e21 && type != xsd_name("double")) {
      std::array<char, 32> buffer{};
      const auto [end, fault] = std::to_chars(buffer.data(), buffer.data() + buffer.size(), number == 0 ? 0.0 : number,
                                              std::chars_format::fixed, 0);
      return {Term::Kind::literal, std::string(buffer.data(), end), type.empty() ? xsd_name("integer") : type};
    }
    return {Term::Kind::literal, canonical_double(number), type.empty() ? xsd_name("double") : type};
  }

  // A text, a number, a boolean, as the value of a property.
  void scalar(const Value &value, const Active &active, const Definition *definition, const Place &place,
              std::vector<Term> &out) {
    static const std::string none;
    const std::string &type = definition == nullptr ? none : definition->type;
    if (value.is(Kind::text) && (type == "@id" || type == "@vocab")) {
      if (auto term = node_of(active, value.text(), type == "@vocab", place))
        out.push_back(std::move(*term));
      return;
    }
    out.push_back(native(value, type.starts_with('@') ? none : type, place));
  }

  void list(std::vector<Term> &&items, const Term *graph, std::vector<Term> &out) {
    Term head{Term::Kind::iri, rdf_name("nil")};
    for (std::size_t i = items.size(); i-- > 0;) {
      Term cell = fresh();
      state(cell, rdf_name("first"), std::move(items[i]), graph);
      state(cell, rdf_name("rest"), std::move(head), graph);
      head = std::move(cell);
    }
    out.push_back(std::move(head));
  }

  // The terms that an element stands for, as values of a property; what stands under them is stated on the way.
  void objects(const Value &element, const ActivePtr &active, const Definition *definition, const Term *graph,
               const Place &place, std::vector<Term> &out, bool in_list = false) {
    switch (element.kind()) {
    case Kind::null:
      lost(Code::badge_structure, "a null says nothing, and no signature covers it", place);
      return;
    case Kind::list: {
      if (element.list().empty() && !in_list)
        lost(Code::badge_structure, "an empty list says nothing, and no signature covers it", place);
      std::size_t index = 0;
      for (const Value &item : element.list()) {
        const Place at{&place, {}, index++, true, place.is_free};
        if (in_list && item.is(Kind::list)) {
          std::vector<Term> inner;
          objects(item, active, definition, graph, at, inner, true);
          list(std::move(inner), graph, out);
        } else {
          objects(item, active, definition, graph, at, out);
        }
      }
      return;
    }
    case Kind::context:
      object(element.context(), active, definition, graph, place, out);
      return;
    default:
      if (place.is_free) {
        lost(Code::badge_structure, "a value that belongs to no property", place);
        return;
      }
      if (definition != nullptr && definition->scoped != nullptr) {
        const ActivePtr own = processor_.apply_scoped(active, *definition, {.overrides = true}, pointer(place));
        scalar(element, *own, definition, place, out);
      } else {
        scalar(element, *active, definition, place, out);
      }
    }
  }

  Entry entry_of(const Active &active, std::string_view key, const Value &value) const {
    const Definition *definition = active.find(key);
    if (definition != nullptr)
      return {key, &value, definition, definition->iri};
    std::string iri = processor_.expand(active, key, false, true);
    return {key, &value, nullptr, std::move(iri)};
  }

  // Terms are what readers look for: what means the same in other letters would hide from them.
  void check_spelling(const Active &active, const Entry &entry, const Place &place) const {
    if (open_ || entry.definition != nullptr)
      return;
    if (entry.key[0] == '@') {
      const Definition *plain = active.find(entry.key.substr(1));
      if (plain != nullptr && plain->iri == entry.key)
        refuse(Code::badge_vocabulary, "spelled in full where there is a term: " + std::string(entry.key), place,
               std::string(entry.key));
    } else if (registry_.is_meant(entry.iri)) {
      refuse(Code::badge_vocabulary, "spelled in full where there is a term: " + std::string(entry.key), place,
             std::string(entry.key));
    }
  }

  void object(const feel::Context &object, ActivePtr active, const Definition *definition, const Term *graph,
              const Place &place, std::vector<Term> &out) {
    if (active->previous != nullptr) {
      bool back = true;
      for (const auto &[key, value] : object) {
        const Definition *known = active->find(key);
        const std::string_view iri = known != nullptr ? std::string_view(known->iri) : std::string_view(key);
        if (iri == "@value" || (iri == "@id" && object.size() == 1))
          back = false;
      }
      if (back)
        active = active->previous;
    }
    if (definition != nullptr && definition->scoped != nullptr)
      active = processor_.apply_scoped(active, *definition, {.overrides = true}, pointer(place));
    if (const Value *context = object.find("@context")) {
      const Place at{&place, "@context"};
      active = processor_.apply(active, *context, pointer(at));
    }
    const ActivePtr before_types = active;
    apply_types(object, active, place);

    std::vector<Entry> entries;
    entries.reserve(object.size());
    for (const auto &[key, value] : object) {
      if (key == "@context")
        continue;
      const Place at{&place, key};
      Entry entry = entry_of(*active, key, value);
      if (entry.definition != nullptr && entry.definition->disputed)
        result_.warnings.push_back({Code::badge_warning, Level::warning,
                                    "not every copy of the context of Open Badges 3.0.3 defines this term: " + key,
                                    pointer(at), "Sign without it.", key});
      if (entry.iri.empty() || (!is_keyword(entry.iri) && !is_absolute(entry.iri))) {
        if (entry.iri.starts_with("_:"))
          unsupported("a blank node as a property", at);
        lost(Code::badge_vocabulary, "no context defines the term " + key, at, key);
        continue;
      }
      check_spelling(*active, entry, at);
      if (entry.iri[0] == '@' && entry.iri != "@included" && entry.iri != "@nest")
        for (const Entry &other : entries)
          if (other.iri == entry.iri && entry.iri != "@type")
            refuse(Code::badge_structure, "a keyword stands twice: " + key, at, key);
      entries.push_back(std::move(entry));
    }
    const auto find = [&](std::string_view keyword) -> const Entry * {
      for (const Entry &entry : entries)
        if (entry.iri == keyword)
          return &entry;
      return nullptr;
    };
    for (const Entry &entry : entries) {
      const Place at{&place, entry.key};
      for (const std::string_view keyword : {"@reverse", "@nest", "@included", "@index", "@direction"})
        if (entry.iri == keyword)
          unsupported(keyword, at);
      // What the terms of the contexts say already, said otherwise, would hide from who reads the terms.
      if (!open_ && (entry.iri == "@graph" || entry.iri == "@set" || entry.iri == "@list" ||
                     (entry.iri == "@value" && find("@language") == nullptr)))
        unsupported(entry.iri, at);
      if (entry.iri[0] == '@' && entry.iri != "@id" && entry.iri != "@type" && entry.iri != "@graph" &&
          entry.iri != "@set" && entry.iri != "@list" && entry.iri != "@value" && entry.iri != "@language")
        refuse(Code::badge_structure, "a keyword that may not stand here: " + std::string(entry.key), at,
               std::string(entry.key));
    }

    if (const Entry *value = find("@value")) {
      value_object(entries, *value, find("@type"), find("@language"), *active, place, out);
      return;
    }
    if (const Entry *language = find("@language"); language != nullptr && entries.size() == 1) {
      lost(Code::badge_structure, "a language of nothing", Place{&place, language->key});
      return;
    } else if (language != nullptr) {
      refuse(Code::badge_structure, "@language stands beside @value alone", Place{&place, language->key});
    }
    for (const std::string_view keyword : {"@list", "@set"})
      if (const Entry *inner = find(keyword)) {
        const Place at{&place, inner->key, 0, false, place.is_free};
        if (entries.size() != 1)
          refuse(Code::badge_structure, std::string(keyword) + " stands alone in its object", at);
        if (place.is_free && keyword == "@list") {
          lost(Code::badge_structure, "a list that belongs to no property", at);
          return;
        }
        if (keyword == "@set") {
          objects(*inner->value, active, definition, graph, at, out);
        } else {
          std::vector<Term> items;
          objects(*inner->value, active, definition, graph, at, items, true);
          list(std::move(items), graph, out);
        }
        return;
      }
    node(entries, active, *before_types, graph, place, out);
  }

  void apply_types(const feel::Context &object, ActivePtr &active, const Place &place) {
    const ActivePtr before = active;
    std::vector<std::string_view> keys;
    for (const auto &[key, value] : object) {
      const Definition *known = before->find(key);
      if (known != nullptr ? known->iri == "@type" : key == "@type")
        keys.push_back(key);
    }
    std::sort(keys.begin(), keys.end());
    for (const std::string_view key : keys) {
      const Value &value = *object.find(key);
      const Place at{&place, key};
      std::vector<std::string_view> types;
      const auto add = [&](const Value &type, const Place &where) {
        if (!type.is(Kind::text))
          return;
        // Told before the terms that the type would define.
        if (!open_ && before->find(type.text()) == nullptr &&
            !is_absolute(processor_.expand(*before, type.text(), true, true)))
          refuse(Code::badge_vocabulary, "no context defines the type " + type.text(), where, type.text());
        types.push_back(type.text());
      };
      if (value.is(Kind::list)) {
        std::size_t index = 0;
        for (const Value &type : value.list())
          add(type, Place{&at, {}, index++, true});
      } else {
        add(value, at);
      }
      std::sort(types.begin(), types.end());
      for (const std::string_view type : types)
        if (const Definition *known = before->find(type); known != nullptr && known->scoped != nullptr)
          active = processor_.apply_scoped(active, *known, {.overrides = false, .propagates = false}, pointer(at));
    }
  }

  void value_object(const std::vector<Entry> &entries, const Entry &value, const Entry *type, const Entry *language,
                    const Active &active, const Place &place, std::vector<Term> &out) {
    const Place at{&place, value.key};
    if (entries.size() != 1u + (type != nullptr ? 1 : 0) + (language != nullptr ? 1 : 0) ||
        (type != nullptr && language != nullptr))
      refuse(Code::badge_structure, "beside @value stand @type or @language alone", at);
    if (place.is_free) {
      lost(Code::badge_structure, "a value that belongs to no property", at);
      return;
    }
    std::string datatype;
    if (type != nullptr) {
      const Place of_type{&place, type->key};
      if (!type->value->is(Kind::text))
        refuse(Code::badge_structure, "the @type of a value is one address", of_type);
      datatype = processor_.expand(active, type->value->text(), false, true);
      if (datatype == "@json") {
        out.push_back(json_literal(*value.value, at));
        return;
      }
      if (!is_absolute(datatype))
        refuse(Code::badge_vocabulary, "not an absolute address: " + cut(type->value->text()), of_type,
               cut(type->value->text()));
    }
    if (value.value->is_null()) {
      lost(Code::badge_structure, "a null says nothing, and no signature covers it", at);
      return;
    }
    if (value.value->is(Kind::list) || value.value->is(Kind::context))
      refuse(Code::badge_structure, "a @value is a text, a number or a boolean", at);
    if (language != nullptr) {
      const Place of_language{&place, language->key};
      if (!value.value->is(Kind::text) || !language->value->is(Kind::text))
        refuse(Code::badge_structure, "@language and what it qualifies are texts", of_language);
      if (!is_language(language->value->text())) {
        lost(Code::badge_structure, "not a language: " + language->value->text(), of_language);
        return;
      }
      out.push_back({Term::Kind::literal, value.value->text(), {}, language->value->text()});
      return;
    }
    out.push_back(native(*value.value, datatype, at));
  }

  void node(const std::vector<Entry> &entries, const ActivePtr &active, const Active &before_types, const Term *graph,
            const Place &place, std::vector<Term> &out) {
    std::optional<Term> subject;
    bool dropped = false;
    const Entry *contents = nullptr;
    for (const Entry &entry : entries) {
      const Place at{&place, entry.key};
      if (entry.iri == "@id") {
        if (!entry.value->is(Kind::text))
          refuse(Code::badge_structure, "an identifier is a text", at);
        subject = node_of(*active, entry.value->text(), false, at);
        dropped = !subject;
      } else if (entry.iri == "@graph") {
        contents = &entry;
      }
    }
    // At the top, a @graph alone is the document itself.
    if (contents != nullptr && place_is_top(place) && graph == nullptr && entries.size() == 1) {
      const Place at{&place, contents->key, 0, false, true};
      nodes(*contents->value, active, nullptr, at);
      return;
    }
    const Term self = subject ? *subject : fresh();
    for (const Entry &entry : entries) {
      const Place at{&place, entry.key, 0, false, entry.iri == "@graph"};
      if (entry.iri == "@type")
        types(entry, before_types, self, dropped, graph, at);
      else if (entry.iri == "@graph" && !dropped)
        nodes(*entry.value, active, &self, at);
      else if (entry.iri[0] != '@')
        property(entry, active, self, dropped, graph, at);
    }
    if (!dropped)
      out.push_back(self);
  }

  static bool place_is_top(const Place &place) {
    return place.up == nullptr || (place.is_item && place.up->up == nullptr && !place.up->is_item);
  }

  // What stands in a @graph: nodes; a value there says nothing.
  void nodes(const Value &value, const ActivePtr &active, const Term *graph, const Place &place) {
    std::vector<Term> terms;
    if (value.is(Kind::list)) {
      std::size_t index = 0;
      for (const Value &item : value.list()) {
        objects(item, active, nullptr, graph, Place{&place, {}, index++, true, true}, terms);
      }
    } else {
      objects(value, active, nullptr, graph, place, terms);
    }
  }

  void types(const Entry &entry, const Active &active, const Term &self, bool dropped, const Term *graph,
             const Place &place) {
    const auto one = [&](const Value &type, const Place &at) {
      if (!type.is(Kind::text))
        refuse(Code::badge_structure, "a type is a text", at);
      const Definition *known = active.find(type.text());
      std::optional<Term> term;
      std::string iri = processor_.expand(active, type.text(), true, true);
      if (iri.starts_with("_:"))
        term = node_of(active, iri, true, at);
      else if (is_absolute(iri))
        term = Term{Term::Kind::iri, std::move(iri)};
      else
        lost(Code::badge_vocabulary, "no context defines the type " + type.text(), at, type.text());
      if (!open_ && known == nullptr && term && registry_.is_meant(term->value))
        refuse(Code::badge_vocabulary, "spelled in full where there is a term: " + type.text(), at, type.text());
      if (term && !dropped)
        state(self, rdf_name("type"), std::move(*term), graph);
    };
    if (!entry.value->is(Kind::list)) {
      one(*entry.value, place);
      return;
    }
    if (entry.value->list().empty())
      lost(Code::badge_structure, "an empty list says nothing, and no signature covers it", place);
    std::size_t index = 0;
    for (const Value &type : entry.value->list())
      one(type, Place{&place, {}, index++, true});
  }

  void property(const Entry &entry, const ActivePtr &active, const Term &self, bool dropped, const Term *graph,
                const Place &place) {
    std::vector<Term> terms;
    const Definition *definition = entry.definition;
    if (definition != nullptr && definition->type == "@json") {
      terms.push_back(json_literal(*entry.value, place));
    } else if (definition != nullptr && definition->list && !is_list_object(*entry.value, *active)) {
      std::vector<Term> items;
      if (entry.value->is_null()) {
        lost(Code::badge_structure, "a null says nothing, and no signature covers it", place);
        return;
      }
      objects(*entry.value, active, definition, graph, place, items, true);
      list(std::move(items), graph, terms);
    } else if (definition != nullptr && definition->graph) {
      const auto one = [&](const Value &value, const Place &at) {
        const Term name = fresh();
        std::vector<Term> inside;
        if (value.is_null()) {
          lost(Code::badge_structure, "a null says nothing, and no signature covers it", at);
          return;
        }
        objects(value, active, definition, &name, at, inside);
        terms.push_back(name);
      };
      if (entry.value->is(Kind::list)) {
        if (entry.value->list().empty())
          lost(Code::badge_structure, "an empty list says nothing, and no signature covers it", place);
        std::size_t index = 0;
        for (const Value &value : entry.value->list())
          one(value, Place{&place, {}, index++, true});
      } else {
        one(*entry.value, place);
      }
    } else {
      objects(*entry.value, active, definition, graph, place, terms);
    }
    if (!dropped)
      for (Term &term : terms)
        state(self, entry.iri, std::move(term), graph);
  }

  bool is_list_object(const Value &value, const Active &active) const {
    if (!value.is(Kind::context))
      return false;
    for (const auto &[key, part] : value.context()) {
      const Definition *known = active.find(key);
      if (known != nullptr ? known->iri == "@list" : key == "@list")
        return true;
    }
    return false;
  }

  const Source &source_;
  const Registry &registry_;
  bool open_;
  ContextProcessor processor_;
  Statements result_;
  std::size_t blanks_ = 0;
  ByText<Term> named_;
};

} // namespace

Statements to_rdf(const Source &source, const Contexts &contexts) { return Walk(source, contexts, false, {}).run(); }

Statements to_rdf_openly(const Source &source, const Contexts &contexts, const std::string &base) {
  return Walk(source, contexts, true, base).run();
}

} // namespace spie::credentials::jsonld
