#include "rules/dmn/types.hpp"

#include "rules/dmn/model_impl.hpp"
#include "rules/feel/builtins/vendors.hpp"
#include "rules/feel/compiler.hpp"
#include "rules/feel/operators.hpp"
#include "text/suggestion.hpp"

#include <algorithm>
#include <array>
#include <unordered_set>
#include <utility>

namespace spie::dmn {

namespace {

// Types that name one another in a chain, or that double at each step, would cost a stack or a lifetime to walk.
constexpr int max_chain = 100;
constexpr std::size_t max_members = 10'000;

class AllowedValues final : public feel::Constraint {
public:
  AllowedValues(std::string text, feel::Expression tests, feel::List listed, std::string place,
                std::shared_ptr<const feel::Constraint> base)
      : text_(std::move(text)), tests_(std::move(tests)), listed_(std::move(listed)), place_(std::move(place)),
        base_(std::move(base)) {}

  bool allows(feel::Evaluation &evaluation, const feel::Value &value) const override {
    if (base_ && !base_->allows(evaluation, value))
      return false;
    if (!listed_.empty())
      return std::any_of(listed_.begin(), listed_.end(),
                         [&](const feel::Value &one) { return feel::is_equal(evaluation, one, value); });
    return tests_.test(evaluation, value).is_true();
  }
  std::string to_string() const override { return text_; }
  feel::List enumerated() const override { return listed_.empty() && base_ ? base_->enumerated() : listed_; }
  const feel::Constraint *base() const { return base_.get(); }

private:
  std::string text_;
  feel::Expression tests_;
  feel::List listed_;
  std::string place_;
  std::shared_ptr<const feel::Constraint> base_;
};

// Names that tools give to the types of FEEL: Camunda's and Flowable's menus, Signavio's, the schema types of XML.
// Of Camunda's `bytes` the host gives what it likes: Camunda converts no value of a type that it does not list.
std::optional<feel::Type> type_by_alias(std::string name) {
  if (const std::size_t mark = name.find_first_of(":."); mark != std::string::npos)
    name = name.substr(mark + 1); // feel:string, feel.string, xsd:integer
  struct Alias {
    std::string_view name, type;
  };
  constexpr std::array<Alias, 16> aliases{{{"integer", "number"},
                                           {"int", "number"},
                                           {"long", "number"},
                                           {"short", "number"},
                                           {"double", "number"},
                                           {"float", "number"},
                                           {"decimal", "number"},
                                           {"enumeration", "string"},
                                           {"datetime", "date and time"},
                                           {"dateTime", "date and time"},
                                           {"dayTimeDuration", "days and time duration"},
                                           {"yearMonthDuration", "years and months duration"},
                                           {"any", "Any"},
                                           {"collection", "Any"},
                                           {"bytes", "Any"},
                                           {"bool", "boolean"}}};
  if (auto built_in = feel::Type::named(name))
    return built_in;
  for (const Alias &alias : aliases)
    if (name == alias.name)
      return feel::Type::named(std::string(alias.type));
  return std::nullopt;
}

// Passes on the constraint of the type that another item definition only renames.
class Inherited final : public feel::Constraint {
public:
  explicit Inherited(feel::Type base) : base_(std::move(base)) {}
  bool allows(feel::Evaluation &evaluation, const feel::Value &value) const override {
    return base_.constraint()->allows(evaluation, value);
  }
  std::string to_string() const override { return base_.constraint()->to_string(); }
  feel::List enumerated() const override { return base_.constraint()->enumerated(); }
  const feel::Constraint *base() const { return base_.constraint(); }

private:
  feel::Type base_;
};

} // namespace

const feel::Constraint *base_of(const feel::Constraint &constraint) {
  if (const auto *values = dynamic_cast<const AllowedValues *>(&constraint))
    return values->base();
  const auto *inherited = dynamic_cast<const Inherited *>(&constraint);
  return inherited == nullptr ? nullptr : inherited->base();
}

bool is_whole_type(const std::string &type_ref) {
  const std::string name = type_ref.substr(type_ref.find_last_of(".:") + 1);
  return name == "integer" || name == "long" || name == "short" || name == "entier";
}

std::optional<feel::List> compared_values(const feel::Constraint &constraint) {
  static const feel::Scope empty;
  feel::List all;
  for (const feel::Constraint *one = &constraint; one != nullptr; one = base_of(*one)) {
    const std::string text = one->to_string();
    const std::size_t first = text.find_first_not_of(" \t\r\n");
    const bool order = first != std::string::npos && (text[first] == '<' || text[first] == '>');
    try {
      feel::Evaluation evaluation;
      // An order alone is a range between parentheses.
      const feel::Value value =
          feel::Expression::compile(order ? "[(" + text + "\n)]" : "[" + text + "\n]", empty).evaluate(evaluation);
      if (!value.is(feel::Kind::list))
        return std::nullopt;
      for (const feel::Value &item : value.list()) {
        if (item.is_null() || item.is(feel::Kind::list) || item.is(feel::Kind::context) ||
            item.is(feel::Kind::function) || item.is(feel::Kind::boolean))
          return std::nullopt;
        all.push_back(item);
      }
    } catch (const Error &) {
      return std::nullopt;
    }
  }
  return all;
}

feel::List listed_values(const std::string &text) {
  static const feel::Scope empty;
  try {
    feel::Evaluation evaluation;
    const feel::Value value = feel::Expression::compile("[" + text + "\n]", empty).evaluate(evaluation);
    if (!value.is(feel::Kind::list))
      return {};
    for (const feel::Value &one : value.list())
      if (one.is_null() || one.is(feel::Kind::range) || one.is(feel::Kind::list) || one.is(feel::Kind::context) ||
          one.is(feel::Kind::function))
        return {};
    return value.list();
  } catch (const Error &) { // unary tests proper, such as `> 3`
    return {};
  }
}

std::shared_ptr<const feel::Constraint> make_constraint(const std::string &text, const feel::Type &of,
                                                        const feel::Scope &scope, const std::string &place,
                                                        bool types) {
  feel::CompileOptions options;
  options.element = place;
  options.types = types;
  auto tests = feel::Expression::compile_unary_tests(text, scope, of, options);
  std::shared_ptr<const feel::Constraint> base;
  if (of.constraint() != nullptr)
    base = std::make_shared<Inherited>(of);
  return std::make_shared<AllowedValues>(text, std::move(tests), listed_values(text), place, std::move(base));
}

TypeTable::TypeTable(const std::vector<Document> &documents, const LoadOptions &options, feel::Loading &loading,
                     std::vector<Diagnostic> &findings)
    : documents_(documents), options_(options), loading_(loading), findings_(findings),
      tables_(options.merge ? 1 : documents.size()), scopes_(documents.size()) {
  for (std::uint32_t d = 0; d < documents.size(); ++d)
    for (const ItemDefinition &definition : documents[d].types) {
      auto &table = tables_[options.merge ? 0 : d];
      const auto [place, fresh] = table.try_emplace(definition.name);
      if (!fresh && place->second.document == d) {
        findings_.push_back({Code::dmn_duplicate, Level::error,
                             "two item definitions are named '" + definition.name + "'",
                             documents[d].file + ":" + std::to_string(definition.line)});
        continue;
      }
      place->second.definition = &definition; // a later document replaces an earlier one
      place->second.document = d;
    }
  for (std::uint32_t d = 0; d < documents.size(); ++d)
    for (const ItemDefinition &definition : documents[d].types) {
      bool refused = false;
      look_up(d, definition.name, refused);
    }
  for (std::uint32_t d = 0; d < documents.size(); ++d) {
    for (const auto &[name, entry] : tables_[options.merge ? 0 : d])
      scopes_[d].add_type(name, entry.type);
    if (options.merge)
      continue;
    for (const ImportDecl &import : documents[d].imports)
      for (std::uint32_t other = 0; other < documents.size(); ++other)
        if (other != d && documents[other].model_namespace == import.model_namespace)
          for (const auto &[name, entry] : tables_[other])
            scopes_[d].add_type(import.name.empty() ? name : import.name + "." + name, entry.type);
  }
}

bool TypeTable::is_imported(std::uint32_t document, const std::string &uri) const {
  const std::vector<ImportDecl> &imports = documents_[document].imports;
  return std::any_of(imports.begin(), imports.end(),
                     [&](const ImportDecl &import) { return import.model_namespace == uri; });
}

TypeTable::Entry *TypeTable::find(std::uint32_t document, const std::string &name) {
  auto &own = tables_[options_.merge ? 0 : document];
  if (const auto found = own.find(name); found != own.end())
    return &found->second;
  if (options_.merge)
    return nullptr;
  const auto in_namespace = [&](const std::string &uri, const std::string &local) -> Entry * {
    for (std::uint32_t d = 0; d < documents_.size(); ++d)
      if (d != document && documents_[d].model_namespace == uri)
        if (const auto found = tables_[d].find(local); found != tables_[d].end())
          return &found->second;
    return nullptr;
  };
  for (const ImportDecl &import : documents_[document].imports) {
    const std::string prefix = import.name.empty() ? std::string() : import.name + ".";
    if (name.size() > prefix.size() && name.compare(0, prefix.size(), prefix) == 0)
      if (Entry *found = in_namespace(import.model_namespace, name.substr(prefix.size())))
        return found;
  }
  if (const std::size_t colon = name.find(':'); colon != std::string::npos)
    for (const auto &[prefix, uri] : documents_[document].prefixes) {
      if (name.compare(0, colon, prefix) != 0 || uri.find("/FEEL") != std::string::npos)
        continue;
      const std::string local = name.substr(colon + 1);
      if (Entry *found = uri == documents_[document].model_namespace ? nullptr : in_namespace(uri, local))
        return found;
      // Exporters of Signavio's models bind a prefix of their own to what the document itself defines.
      if (const auto found = own.find(local); found != own.end() && !is_imported(document, uri))
        return &found->second;
    }
  return nullptr;
}

std::vector<std::string> TypeTable::names(std::uint32_t document) const {
  std::vector<std::string> result{"number",
                                  "string",
                                  "boolean",
                                  "date",
                                  "time",
                                  "date and time",
                                  "days and time duration",
                                  "years and months duration",
                                  "Any"};
  for (const auto &[name, entry] : tables_[options_.merge ? 0 : document])
    result.push_back(name);
  return result;
}

std::optional<feel::Type> TypeTable::look_up(std::uint32_t document, const std::string &type_ref, bool &refused) {
  if (type_ref.empty())
    return feel::Type();
  Entry *entry = find(document, type_ref);
  if (entry == nullptr) {
    const std::string &name = type_ref;
    if (auto built_in = feel::Type::named(name))
      return built_in;
    if (name.find('<') == std::string::npos)
      if (auto built_in = type_by_alias(name))
        return built_in;
    // A list of item definitions, which are added to the scopes later; a list of anything else is one of FEEL's.
    constexpr std::string_view list = "list<";
    if (name.starts_with(list) && name.ends_with('>') && depth_ < max_chain) {
      ++depth_;
      auto element =
          look_up(document, feel::canonical_name(name.substr(list.size(), name.size() - list.size() - 1)), refused);
      --depth_;
      if (element)
        return feel::Type::list(*std::move(element));
    }
    return feel::Compiler(scopes_[document], {}).type(name);
  }
  const std::string place = documents_[entry->document].file + ":" + std::to_string(entry->definition->line) +
                            ", item definition '" + entry->definition->name + "'";
  if (entry->state == State::open) {
    // A member of its own type: its values are finite all the same. What lies deeper is of any type.
    if (inside_members_ > entry->members_outside)
      return feel::Type();
    if (!entry->refused)
      findings_.push_back({Code::dmn_type, Level::error, "the type is defined by itself", place});
    entry->refused = true;
    refused = true;
    return feel::Type();
  }
  if (entry->state == State::untouched) {
    entry->state = State::open;
    entry->members_outside = inside_members_;
    bool broken = depth_ >= max_chain;
    const std::size_t outer = std::exchange(size_, 0);
    if (broken) {
      findings_.push_back({Code::dmn_type, Level::error,
                           "more than " + std::to_string(max_chain) + " types name one another in a chain", place});
    } else {
      ++depth_;
      feel::Type type = build(*entry->definition, entry->document, entry->definition->name, place, broken);
      --depth_;
      if (size_ > max_members) {
        findings_.push_back({Code::dmn_type, Level::error,
                             "the type has more than " + std::to_string(max_members) + " members in all", place});
        broken = true;
      } else {
        entry->type = std::move(type);
      }
    }
    entry->size = std::min(size_, max_members);
    size_ = outer;
    entry->refused |= broken;
    entry->state = State::done;
  }
  size_ += entry->size + 1;
  refused |= entry->refused;
  return entry->type;
}

feel::Type TypeTable::build(const ItemDefinition &definition, std::uint32_t document, const std::string &name,
                            const std::string &place, bool &refused) {
  const auto part = [&](const std::string &type_ref, std::uint32_t line) {
    auto found = look_up(document, type_ref, refused);
    if (!found) {
      refused = true;
      findings_.push_back(
          {Code::dmn_type, Level::error, unknown("type", type_ref, names(document)),
           documents_[document].file + ":" + std::to_string(line) + ", item definition '" + name + "'"});
    }
    return found.value_or(feel::Type());
  };
  feel::Type type;
  if (!definition.components.empty()) {
    std::vector<feel::Type::Member> members;
    std::unordered_set<std::string> seen;
    size_ += definition.components.size();
    ++inside_members_;
    for (const ItemDefinition &component : definition.components) {
      if (!seen.insert(component.name).second)
        findings_.push_back(
            {Code::dmn_duplicate, Level::error, "two components are named '" + component.name + "'",
             documents_[document].file + ":" + std::to_string(component.line) + ", item definition '" + name + "'"});
      else
        members.emplace_back(component.name, build(component, document, {}, place, refused));
    }
    --inside_members_;
    type = feel::Type::context(std::move(members));
  } else if (definition.function) {
    std::vector<feel::Type> parameters;
    for (const VariableDecl &parameter : definition.parameters)
      parameters.push_back(part(parameter.type_ref, parameter.line));
    type = feel::Type::function(std::move(parameters), part(definition.output_type_ref, definition.line));
  } else {
    type = part(definition.type_ref, definition.line);
  }
  // Allowed values bind the items of a collection; what an item definition does not constrain keeps the constraint of
  // the type it renames.
  const auto rename = [&](const feel::Type &base, std::shared_ptr<const feel::Constraint> own, const std::string &as) {
    if (!own && base.constraint() != nullptr)
      own = std::make_shared<Inherited>(base);
    return own || !as.empty() ? base.named_as(as.empty() ? base.name() : as, std::move(own)) : base;
  };
  auto allowed = constraint(definition.allowed_values, type, document, place);
  if (!definition.collection) {
    type = rename(type, std::move(allowed), name);
    if (auto whole = constraint(definition.type_constraint, type, document, place))
      type = rename(type, std::move(whole), name);
    return type;
  }
  if (allowed)
    type = rename(type, std::move(allowed), {});
  type = feel::Type::list(std::move(type));
  return rename(type, constraint(definition.type_constraint, type, document, place), name);
}

std::shared_ptr<const feel::Constraint> TypeTable::constraint(const std::optional<Text> &text, const feel::Type &of,
                                                              std::uint32_t document, const std::string &place) {
  if (!text || text->text.find_first_not_of(" \t\r\n") == std::string::npos)
    return nullptr;
  loading_.check(Code::dmn_xml, place, static_cast<std::int64_t>(text->text.size())); // at most a node a byte
  try {
    return make_constraint(text->text, of, scopes_[document], place + ", allowed values", !options_.lenient);
  } catch (const Error &error) {
    findings_.insert(findings_.end(), error.diagnostics().begin(), error.diagnostics().end());
    return nullptr;
  }
}

std::optional<feel::Type> TypeTable::resolve(std::uint32_t document, const std::string &type_ref,
                                             const std::string &place) {
  bool refused = false;
  auto found = look_up(document, type_ref, refused);
  if (!found && !options_.strict && feel::any_vendor(options_.extensions, &feel::Vendor::unknown_types)) {
    findings_.push_back({Code::dmn_type, Level::warning,
                         unknown("type", type_ref, names(document)) + "; the value is taken as it comes", place});
    return feel::Type();
  }
  if (!found)
    findings_.push_back({Code::dmn_type, Level::error, unknown("type", type_ref, names(document)), place});
  return refused ? std::nullopt : found;
}

} // namespace spie::dmn
