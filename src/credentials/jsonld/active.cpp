#include "credentials/jsonld/active.hpp"

#include "credentials/jcs.hpp"
#include "credentials/jsonld/iri.hpp"
#include "credentials/jsonld/table.hpp"

#include <array>

namespace spie::credentials::jsonld {

namespace {

using feel::Kind;
using feel::Value;

constexpr std::size_t most_steps = 4'096; // contexts in every order would be without end
constexpr int deepest = 16;               // contexts that name contexts, terms that are made of terms

[[noreturn]] void refuse(Code code, std::string message, const std::string &where, std::string details = {}) {
  throw Error({code, Level::error, std::move(message), where, {}, std::move(details)});
}
[[noreturn]] void unsupported(const std::string &construct, const std::string &where) {
  refuse(Code::badge_unsupported, "the construct " + construct + " is not supported", where, construct);
}

bool ends_as_prefix(std::string_view iri) {
  return !iri.empty() && std::string_view(":/?#[]@").find(iri.back()) != std::string_view::npos;
}

} // namespace

struct ContextProcessor::Local {
  const feel::Context &context;
  Active &result;
  const ActivePtr &before;
  Application application;
  bool kept, protects;
  std::string_view address;
  const std::string &where;
  ByText<bool> defined; // false while a term is being defined

  std::string at(std::string_view key) const {
    std::string pointer = where;
    append_step(pointer, key);
    return pointer;
  }
};

ActivePtr ContextProcessor::apply(const ActivePtr &active, const Value &context, const std::string &where) {
  return apply_any(active, context, {}, false, {}, where, 0);
}

ActivePtr ContextProcessor::apply_scoped(const ActivePtr &active, const Definition &definition, Application application,
                                         const std::string &where) {
  return apply_kept(active, *definition.scoped, application, definition.scoped_is_kept, {}, where, 0);
}

ActivePtr ContextProcessor::apply_kept(const ActivePtr &active, const Value &context, Application application,
                                       bool kept, std::string_view address, const std::string &where, int depth) {
  if (!kept || !active->kept)
    return apply_any(active, context, application, kept, address, where, depth);
  const Registry::Step step{active.get(), &context, application.overrides, application.propagates};
  {
    const std::shared_lock lock(registry_.mutex);
    if (const auto found = registry_.steps.find(step); found != registry_.steps.end())
      return found->second;
  }
  ActivePtr result = apply_any(active, context, application, kept, address, where, depth);
  const std::unique_lock lock(registry_.mutex);
  for (const auto &[term, definition] : result->terms)
    if (is_absolute(definition->iri))
      registry_.meant.insert(definition->iri);
  if (registry_.steps.size() >= most_steps)
    return result;
  if (!result->kept) { // nobody else has it yet
    auto copy = std::make_shared<Active>(*result);
    copy->kept = true;
    result = std::move(copy);
  }
  return registry_.steps.try_emplace(step, std::move(result)).first->second;
}

ActivePtr ContextProcessor::apply_any(const ActivePtr &active, const Value &context, Application application, bool kept,
                                      std::string_view address, const std::string &where, int depth) {
  if (depth > deepest)
    refuse(Code::badge_limit, "contexts name one another too deep", where);
  switch (context.kind()) {
  case Kind::list: {
    ActivePtr result = active;
    std::size_t index = 0;
    for (const Value &item : context.list()) {
      if (item.is(Kind::list))
        refuse(Code::badge_structure, "a context is an address or an object", where);
      result = apply_kept(result, item, application, kept, address, where + '/' + std::to_string(index++), depth + 1);
    }
    return result;
  }
  case Kind::null: {
    if (!application.overrides)
      for (const auto &[term, definition] : active->terms)
        if (definition->is_protected)
          refuse(Code::badge_structure, "a null context would undo protected terms", where);
    if (!kept && !inline_contexts_)
      unsupported("null context in a document", where);
    if (application.propagates)
      return registry_.initial;
    auto result = std::make_shared<Active>();
    result->previous = active;
    return result;
  }
  case Kind::text: {
    std::string named = kept               ? resolve(address, context.text())
                        : inline_contexts_ ? resolve(base_, context.text())
                                           : context.text();
    if (kept && address.empty() && !is_absolute(named))
      unsupported("relative context in a term", where);
    const auto found = registry_.by_address.find(named);
    if (found == registry_.by_address.end())
      throw Error({Code::badge_vocabulary, Level::error,
                   "the context " + named + " is not one of those that are pinned", where,
                   "Hand over the context with its address.", named});
    return apply_kept(active, found->second->context, application, true, found->second->address, where, depth + 1);
  }
  case Kind::context:
    if (!kept && !inline_contexts_)
      refuse(Code::badge_unsupported, "a document may not define terms of its own: its context is written inside it",
             where, "inline context");
    return apply_object(active, context.context(), application, kept, address, where);
  default:
    refuse(Code::badge_structure, "a context is an address or an object", where);
  }
}

ActivePtr ContextProcessor::apply_object(const ActivePtr &active, const feel::Context &context, Application application,
                                         bool kept, std::string_view address, const std::string &where) {
  auto result = std::make_shared<Active>(*active);
  result->kept = false;
  if (!application.propagates && result->previous == nullptr)
    result->previous = active;
  const Value *protects = context.find("@protected");
  Local local{context, *result, active, application, kept, protects != nullptr && protects->is_true(),
              address, where,   {}};
  for (const auto &[key, value] : context) {
    if (key == "@version") {
      if (!value.is(Kind::number) || value.number() != feel::Number::scaled(11, -1))
        refuse(Code::badge_structure, "@version is 1.1", local.at(key));
    } else if (key == "@protected") {
      if (!value.is(Kind::boolean))
        refuse(Code::badge_structure, "@protected is true or false", local.at(key));
    } else if (key == "@vocab") {
      if (value.is_null()) {
        result->vocab.clear();
        continue;
      }
      if (!value.is(Kind::text))
        refuse(Code::badge_structure, "@vocab is an address", local.at(key));
      std::string vocab = expand(*active, value.text(), false, true);
      if (!is_absolute(vocab))
        unsupported("relative @vocab", local.at(key));
      result->vocab = std::move(vocab);
    } else if (key == "@base" || key == "@direction" || key == "@import" || key == "@language" || key == "@propagate") {
      unsupported(key, local.at(key));
    }
  }
  for (const auto &[key, value] : context)
    if (key != "@version" && key != "@protected" && key != "@vocab")
      define(local, key, 0);
  // A context that changes nothing gives what stood before, so that repeating it builds nothing.
  if (result->vocab == active->vocab && result->terms.size() == active->terms.size()) {
    bool same = true;
    for (const auto &[term, definition] : result->terms) {
      const Definition *before = active->find(term);
      same = same && before != nullptr &&
             (before == definition.get() ||
              (before->same_meaning(*definition) && before->is_protected == definition->is_protected));
    }
    if (same)
      return active;
  }
  return result;
}

void ContextProcessor::define(Local &local, const std::string &term, std::size_t depth) {
  const auto [state, fresh] = local.defined.try_emplace(term, false);
  if (!fresh) {
    if (!state->second)
      refuse(Code::badge_structure, "a term is defined by itself", local.at(term), term);
    return;
  }
  if (depth > deepest)
    refuse(Code::badge_limit, "terms are defined by one another too deep", local.at(term));
  if (term.empty())
    refuse(Code::badge_structure, "a term is empty", local.at(term));
  if (is_keyword(term) || looks_keyword(term))
    refuse(Code::badge_unsupported, "a keyword is not a term: " + term, local.at(term), term);

  const Value &value = *local.context.find(term);
  Definition made;
  made.is_protected = local.protects;
  made.disputed = is_disputed(local.address, term);
  const bool simple = value.is(Kind::text);
  const Value *id = simple ? &value : nullptr;
  if (value.is(Kind::context)) {
    id = value.context().find("@id");
    for (const auto &[key, part] : value.context()) {
      if (key == "@reverse" || key == "@direction" || key == "@index" || key == "@language" || key == "@nest")
        unsupported(key + " in a term", local.at(term));
      if (key != "@id" && key != "@type" && key != "@container" && key != "@context" && key != "@protected" &&
          key != "@prefix")
        refuse(Code::badge_structure, "a term has no " + key, local.at(term), key);
    }
    if (const Value *flag = value.context().find("@protected")) {
      if (!flag->is(Kind::boolean))
        refuse(Code::badge_structure, "@protected is true or false", local.at(term));
      made.is_protected = flag->is_true();
    }
    if (const Value *type = value.context().find("@type")) {
      if (!type->is(Kind::text))
        refuse(Code::badge_structure, "the @type of a term is a text", local.at(term));
      made.type = expand_in(local, type->text(), false, true, depth);
      if (made.type != "@id" && made.type != "@vocab" && made.type != "@json" && made.type != "@none" &&
          !is_absolute(made.type))
        refuse(Code::badge_structure, "the @type of a term is an address", local.at(term), type->text());
    }
  } else if (!simple && !value.is_null()) {
    refuse(Code::badge_structure, "a term is an address or an object", local.at(term), term);
  }

  const std::size_t colon = term.find(':', 1);
  const bool compact = colon != std::string::npos && colon + 1 < term.size();
  if (value.is_null() || (id != nullptr && id->is_null())) {
    // It means nothing.
  } else if (id != nullptr && !id->is(Kind::text)) {
    refuse(Code::badge_structure, "the @id of a term is a text", local.at(term), term);
  } else if (id != nullptr && id->text() != term) {
    made.iri = expand_in(local, id->text(), false, true, depth);
    if (looks_keyword(id->text()) && !is_keyword(id->text()))
      refuse(Code::badge_unsupported, "an unknown keyword: " + id->text(), local.at(term), id->text());
    if (made.iri == "@context")
      refuse(Code::badge_structure, "@context has no other name", local.at(term), term);
    if (!is_keyword(made.iri) && !is_absolute(made.iri)) {
      if (made.iri.starts_with("_:"))
        unsupported("a blank node as a property", local.at(term));
      refuse(Code::badge_structure, "a term stands for an absolute address", local.at(term), id->text());
    }
    if (compact || term.find('/') != std::string::npos) {
      local.defined.find(term)->second = true;
      if (expand_in(local, term, false, true, depth) != made.iri)
        refuse(Code::badge_structure, "a term that looks like an address stands for that address", local.at(term),
               term);
    }
    made.prefix = simple && term.find_first_of(":/") == std::string::npos &&
                  (ends_as_prefix(made.iri) || made.iri.starts_with("_:"));
  } else if (compact) {
    const std::string prefix = term.substr(0, colon);
    if (local.context.find(prefix) != nullptr)
      define(local, prefix, depth + 1);
    const Definition *known = local.result.find(prefix);
    made.iri = known != nullptr ? known->iri + term.substr(colon + 1) : term;
    if (!is_absolute(made.iri))
      refuse(Code::badge_structure, "a term stands for an absolute address", local.at(term), term);
  } else if (term.find('/') != std::string::npos) {
    unsupported("a relative address as a term", local.at(term));
  } else if (!local.result.vocab.empty()) {
    made.iri = local.result.vocab + term;
  } else {
    refuse(Code::badge_structure, "a term has no address", local.at(term), term);
  }

  if (value.is(Kind::context)) {
    const feel::Context &object = value.context();
    if (const Value *container = object.find("@container")) {
      const auto add = [&](const Value &kind) {
        if (!kind.is(Kind::text))
          refuse(Code::badge_structure, "a @container is a text", local.at(term));
        if (kind.text() == "@list")
          made.list = true;
        else if (kind.text() == "@set")
          made.set = true;
        else if (kind.text() == "@graph")
          made.graph = true;
        else if (kind.text() == "@index" || kind.text() == "@language" || kind.text() == "@id" ||
                 kind.text() == "@type")
          unsupported("the container " + kind.text(), local.at(term));
        else
          refuse(Code::badge_structure, "no such container: " + kind.text(), local.at(term));
      };
      if (container->is(Kind::list))
        for (const Value &kind : container->list())
          add(kind);
      else
        add(*container);
      if (made.list && (made.set || made.graph))
        refuse(Code::badge_structure, "a list is no other container", local.at(term));
    }
    if (const Value *scoped = object.find("@context")) {
      made.scoped = scoped;
      made.scoped_is_kept = local.kept;
    }
    if (const Value *prefix = object.find("@prefix")) {
      if (!prefix->is(Kind::boolean) || compact || (prefix->is_true() && is_keyword(made.iri)))
        refuse(Code::badge_structure, "@prefix is true or false, of a term that stands for an address", local.at(term));
      made.prefix = prefix->is_true();
    }
  }

  if (!local.application.overrides) {
    const Definition *before = local.before->find(term);
    if (before != nullptr && before->is_protected) {
      if (!before->same_meaning(made))
        refuse(Code::badge_structure, "a protected term has another meaning: " + term, local.at(term), term);
      local.defined.find(term)->second = true;
      return; // as it was, protected
    }
  }
  local.result.terms.insert_or_assign(term, std::make_shared<const Definition>(std::move(made)));
  local.defined.find(term)->second = true;
}

std::string ContextProcessor::expand_in(Local &local, std::string_view text, bool as_document, bool as_term,
                                        std::size_t depth) {
  const auto need = [&](std::string_view term) {
    const auto state = local.defined.find(term);
    if (local.context.find(term) != nullptr && (state == local.defined.end() || !state->second))
      define(local, std::string(term), depth + 1);
  };
  if (!text.empty() && !is_keyword(text) && !looks_keyword(text)) {
    need(text);
    if (const std::size_t colon = text.find(':', 1);
        colon != std::string_view::npos && !text.substr(colon + 1).starts_with("//"))
      need(text.substr(0, colon));
  }
  return expand(local.result, text, as_document, as_term);
}

std::string ContextProcessor::expand(const Active &active, std::string_view text, bool as_document,
                                     bool as_term) const {
  if (text.starts_with('@')) {
    if (is_keyword(text))
      return std::string(text);
    if (looks_keyword(text))
      return {};
  }
  if (const Definition *definition = active.find(text); definition != nullptr && as_term)
    return definition->iri;
  if (const std::size_t colon = text.find(':', 1); colon != std::string_view::npos) {
    const std::string_view prefix = text.substr(0, colon), rest = text.substr(colon + 1);
    if (prefix == "_" || rest.starts_with("//"))
      return std::string(text);
    if (const Definition *definition = active.find(prefix);
        definition != nullptr && definition->prefix && !definition->iri.empty())
      return definition->iri + std::string(rest);
    if (is_absolute(text))
      return std::string(text);
  }
  if (as_term && !active.vocab.empty())
    return active.vocab + std::string(text);
  if (as_document)
    return resolve(base_, text);
  return std::string(text);
}

} // namespace spie::credentials::jsonld
