#include "rules/feel/causes.hpp"

#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <unordered_set>

namespace spie::feel {

namespace {

constexpr std::size_t most_errors = 100;

bool same(const Diagnostic &a, const Diagnostic &b) {
  return a.code == b.code && a.level == b.level && a.message == b.message && a.where == b.where && a.remedy == b.remedy;
}

bool is_limit(const Diagnostic &error) { return error.code == Code::feel_limit; }

// Appends paths and findings that are not there yet; paths are found by a scan while they are few, through a set
// beyond.
class Collector {
public:
  explicit Collector(Cause &into) : into_(into) {}

  void add(const Cause &cause) {
    if (&cause == &into_ || &cause == last_) // one cause is often that of a whole list
      return;
    last_ = &cause;
    for (const Diagnostic &error : cause.errors)
      add(error);
    for (const std::string &path : cause.missing)
      add(path, into_.missing, missing_);
    for (const std::string &path : cause.refused)
      add(path, into_.refused, refused_);
  }

  // Each list and context once, however often it is shared: Value::max_depth bounds the depth.
  void add_inside(const Value &value) {
    if (!value.holds_causes())
      return;
    switch (value.kind()) {
    case Kind::null:
      add(*value.cause());
      break;
    case Kind::list:
      if (walked_.insert(&value.list()).second)
        for (const Value &item : value.list())
          add_inside(item);
      break;
    case Kind::context:
      if (walked_.insert(&value.context()).second)
        for (const auto &entry : value.context())
          add_inside(entry.second);
      break;
    case Kind::range:
      add_inside(value.range().start);
      add_inside(value.range().end);
      break;
    default:
      break;
    }
  }

private:
  using Seen = std::optional<std::set<std::string>>;

  static void add(const std::string &path, std::vector<std::string> &paths, Seen &seen) {
    constexpr std::size_t few = 16;
    if (paths.size() < few) {
      if (std::find(paths.begin(), paths.end(), path) == paths.end())
        paths.push_back(path);
      return;
    }
    if (!seen)
      seen.emplace(paths.begin(), paths.end());
    if (seen->insert(path).second)
      paths.push_back(path);
  }

  void add(const Diagnostic &error) {
    auto &errors = into_.errors;
    const auto there = [&](const auto &known) { return std::any_of(errors.begin(), errors.end(), known); };
    if (errors.size() >= most_errors ? !is_limit(error) || there(is_limit)
                                     : there([&](const Diagnostic &known) { return same(known, error); }))
      return;
    errors.push_back(error);
  }

  Cause &into_;
  const Cause *last_ = nullptr;
  std::unordered_set<const void *> walked_;
  Seen missing_;
  Seen refused_;
};

std::size_t parts(const Cause &cause) { return cause.errors.size() + cause.missing.size() + cause.refused.size(); }

std::size_t bytes(const Cause &cause) {
  std::size_t sum = sizeof(Cause);
  for (const Diagnostic &error : cause.errors)
    sum += sizeof(Diagnostic) + error.message.size() + error.where.size() + error.details.size();
  for (const auto *paths : {&cause.missing, &cause.refused})
    for (const std::string &path : *paths)
      sum += sizeof path + path.size();
  return sum;
}

} // namespace

struct Causes::Merging {
  explicit Merging(const Cause &first) : cause(std::make_shared<Cause>(first)), collector(*cause) {}
  std::shared_ptr<Cause> cause;
  Collector collector;
};

Causes::Causes() = default;
Causes::~Causes() = default;

void Causes::add(const Value &value) {
  const Cause *const cause = value.cause();
  if (cause == nullptr || cause == last_.cause())
    return;
  if (none()) {
    first_ = value;
  } else {
    if (!merging_)
      merging_ = std::make_unique<Merging>(*first_.cause());
    merging_->collector.add(*cause);
  }
  last_ = value;
}

Value Causes::null() const { return merging_ ? Value(Null{merging_->cause}) : first_; }

Value merged(Evaluation &evaluation, const Value &a, const Value &b) {
  if (a.cause() != nullptr && b.cause() != nullptr && a.cause() != b.cause()) {
    constexpr std::size_t compared_in_a_step = 16;
    const std::size_t first = parts(*a.cause()), second = parts(*b.cause());
    if (!evaluation.step(static_cast<std::int64_t>(first + second + first * second / compared_in_a_step)) ||
        !evaluation.take(bytes(*a.cause()) + bytes(*b.cause())))
      return evaluation.out_of_limits();
  }
  return merge_causes(a, b);
}

void hold_error(Evaluation &evaluation, const Value &value, const Value *before) {
  if (value.is_error() && (before == nullptr || before->cause() != value.cause()))
    evaluation.take(bytes(*value.cause()));
}

Value merge_causes(const Value &a, const Value &b) {
  if (a.cause() == nullptr)
    return b.cause() == nullptr ? Value() : b;
  if (b.cause() == nullptr || a.cause() == b.cause())
    return a;
  auto cause = std::make_shared<Cause>(*a.cause());
  Collector(*cause).add(*b.cause());
  return Null{std::move(cause)};
}

void collect_causes(const Value &value, Cause &into) { Collector(into).add_inside(value); }

} // namespace spie::feel
