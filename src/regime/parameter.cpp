#include "regime/parameter.hpp"

#include "base/money.hpp"

namespace shouyue::regime {

template <class T>
Result<Decided<T>> Parameter<T>::on(Date governing, const expr::Row& row) const {
  const DatedValue<T>* dated = nullptr;
  for (const DatedValue<T>& candidate : values)
    if (candidate.from <= governing) dated = &candidate;
  if (!dated)
    return refuse(Errc::no_data, "regime.not_in_force", clause.id + " has no value for " + governing.text(),
                  clause.id + " 在 " + governing.text() + " 尚无规定");
  const ExceptionValue<T>* exception = nullptr;
  bool ambiguous = false;
  for (const ExceptionValue<T>& candidate : exceptions) {
    if (candidate.from && *candidate.from > governing) continue;
    if (exception && candidate.priority < exception->priority) continue;
    if (!candidate.when.holds(row)) continue;
    ambiguous = exception && candidate.priority == exception->priority;
    exception = &candidate;
  }
  if (ambiguous)
    return refuse(Errc::rule_broken, "regime.ambiguous_exception",
                  clause.id + ": two exceptions of the same priority hold, one of them " + exception->when.text(),
                  clause.id + "：两个同等优先的例外同时成立，其一为 " + exception->when.text());
  if (exception) return Decided<T>{.value = exception->value, .clause = &clause, .cite = exception->cite};
  return Decided<T>{.value = dated->value, .clause = &clause, .cite = dated->cite};
}

template struct Parameter<std::int64_t>;
template struct Parameter<std::string>;
template struct Parameter<Money>;

}  // namespace shouyue::regime
