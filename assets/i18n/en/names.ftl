# The kinds of names, one of each.
kind-person = person
kind-place = place
kind-organization = organisation
kind-group = group
kind-date = date
kind-number = number
kind-money = amount
kind-percent = percentage
kind-event = event
kind-work = work
kind-product = product
