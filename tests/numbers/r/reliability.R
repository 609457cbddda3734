# Cronbach's alpha (psych) with Feldt's interval, one-factor omega by maximum likelihood (factanal,
# checked against lavaan), item-rest correlations. Reads items.csv, writes reliability.csv.

suppressMessages({library(psych); library(lavaan)})
items <- read.csv("items.csv")
found <- data.frame(case = character(), figure = character(), value = numeric())
say <- function(case, figure, value) found[nrow(found) + 1, ] <<- list(case, figure, value)

for (name in unique(items$case)) {
  x <- items[items$case == name, paste0("i", 1:6)]
  x <- na.omit(x[, colSums(!is.na(x)) > 0])
  n <- nrow(x); k <- ncol(x)
  a <- suppressWarnings(suppressMessages(psych::alpha(x, check.keys = FALSE, warnings = FALSE)))
  say(name, "n", n)
  say(name, "alpha", a$total$raw_alpha)
  say(name, "low", 1 - (1 - a$total$raw_alpha) * qf(0.975, n - 1, (n - 1) * (k - 1)))
  say(name, "high", 1 - (1 - a$total$raw_alpha) * qf(0.025, n - 1, (n - 1) * (k - 1)))
  for (i in 1:k) say(name, paste0("rest", i), a$item.stats$r.drop[i])
  if (k < 3 || n < 20) next
  fit <- factanal(x, 1, control = list(opt = list(factr = 1, pgtol = 0, maxit = 5000)))
  omega <- sum(fit$loadings)^2 / (sum(fit$loadings)^2 + sum(fit$uniquenesses))
  say(name, "least", min(fit$uniquenesses))
  say(name, "omega", omega)
  if (name %in% c("heywood", "unrelated")) next
  model <- paste("f =~", paste(colnames(x), collapse = " + "))
  # asked for more digits than it has, lavaan warns; the figures say how far it comes
  other <- standardizedSolution(suppressWarnings(cfa(model, x, std.lv = TRUE, control = list(rel.tol = 1e-14, iter.max = 5000))))
  l <- other$est.std[other$op == "=~"]
  say(name, "lavaan", sum(l)^2 / (sum(l)^2 + sum(1 - l^2)))
}
found$value <- format(found$value, digits = 15, trim = TRUE)
write.csv(found, "reliability.csv", row.names = FALSE, quote = FALSE)
