#include "credentials/jsonld/contexts.hpp"

#include "credentials/jsonld/active.hpp"
#include "credentials/jsonld/table.hpp"
#include "rules/json/reader.hpp"

namespace spie::credentials::jsonld {

namespace {

using feel::Value;

void add(Registry &registry, std::string address, std::string_view alias, Value context) {
  const Registry::Document &document =
      registry.documents.emplace_back(Registry::Document{std::move(address), std::move(context)});
  registry.by_address.emplace(document.address, &document);
  if (!alias.empty())
    registry.by_address.emplace(alias, &document);
}

std::shared_ptr<Registry> of_tables() {
  auto registry = std::make_shared<Registry>();
  registry->initial = std::make_shared<Active>();
  registry->initial->kept = true;
  for (const Table &table : tables())
    add(*registry, std::string(table.address), table.alias, context_of(table));
  return registry;
}

// Applies the context of each term once, so that what all of them stand for is known from the start.
void warm(ContextProcessor &processor, const ActivePtr &active, std::set<const Value *> &seen) {
  for (const auto &[term, definition] : active->terms)
    if (definition->scoped != nullptr && seen.insert(definition->scoped).second)
      warm(processor, processor.apply_scoped(active, *definition, {.overrides = true, .propagates = true}, {}), seen);
}

std::shared_ptr<const Registry> warmed(std::shared_ptr<Registry> registry) {
  ContextProcessor processor(*registry, false, {});
  std::set<const Value *> seen;
  for (const Registry::Document &document : registry->documents)
    warm(processor, processor.apply(processor.initial(), Value(document.address), document.address + "#/@context"),
         seen);
  return registry;
}

} // namespace

const Contexts &Contexts::pinned() {
  static const Contexts all(warmed(of_tables()));
  return all;
}

Contexts Contexts::with(const std::map<std::string, std::string> &documents) {
  if (documents.empty())
    return pinned();
  auto registry = of_tables();
  for (const auto &[address, text] : documents) {
    if (registry->by_address.contains(address))
      throw Error({Code::badge_unsupported, Level::error, "the context " + address + " is pinned already", address});
    const Value document = json::read_verbatim(text, address).value;
    const Value *context = document.is(feel::Kind::context) ? document.context().find("@context") : nullptr;
    if (context == nullptr)
      throw Error({Code::badge_vocabulary, Level::error, "a context has a member @context", address});
    add(*registry, address, {}, *context);
  }
  return Contexts(warmed(std::move(registry)));
}

bool Contexts::knows(std::string_view address) const { return registry_->by_address.contains(address); }

} // namespace spie::credentials::jsonld
